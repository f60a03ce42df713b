//! TLS by rustls: one provider, versions 1.2 and 1.3, and certificates that can be changed while
//! connections are open.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use thiserror::Error;

/// Why a certificate cannot be used.
#[derive(Debug, Error)]
pub enum CertificateError {
    /// A file cannot be read, or holds nothing in PEM.
    #[error("{} cannot be read", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: pem::Error,
    },
    /// There is no certificate in its file.
    #[error("{} holds no certificate", .0.display())]
    Empty(PathBuf),
    /// The key is not the certificate's, or of a kind that cannot be used.
    #[error("certificate and key cannot be used together")]
    Unusable(#[source] rustls::Error),
}

/// The certificate of a server, as its files were when they were read last.
///
/// Whoever connects gets the certificate of that moment; connections that are open keep theirs.
pub struct Certificate {
    chain: PathBuf,
    key: PathBuf,
    current: RwLock<Arc<CertifiedKey>>,
}

impl Certificate {
    /// Reads the chain, the server's own certificate first, and its key, both in PEM.
    ///
    /// # Errors
    /// Every variant of [`CertificateError`].
    pub fn read(
        chain: impl Into<PathBuf>,
        key: impl Into<PathBuf>,
    ) -> Result<Self, CertificateError> {
        let (chain, key) = (chain.into(), key.into());
        let current = RwLock::new(Arc::new(certified(&chain, &key)?));
        Ok(Self { chain, key, current })
    }

    /// Reads the files again; what was read before stays when they cannot be used.
    ///
    /// # Errors
    /// Every variant of [`CertificateError`].
    pub fn read_again(&self) -> Result<(), CertificateError> {
        let fresh = Arc::new(certified(&self.chain, &self.key)?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// The files: chain and key.
    #[must_use]
    pub fn files(&self) -> [&Path; 2] {
        [&self.chain, &self.key]
    }

    /// The server's own certificate, in DER.
    #[must_use]
    pub fn leaf(&self) -> Vec<u8> {
        self.now().cert.first().map(|leaf| leaf.to_vec()).unwrap_or_default()
    }

    fn now(&self) -> Arc<CertifiedKey> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate").field("chain", &self.chain).finish_non_exhaustive()
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.now())
    }
}

fn certified(chain: &Path, key: &Path) -> Result<CertifiedKey, CertificateError> {
    let file = |path: &Path| {
        let path = path.to_owned();
        move |source| CertificateError::File { path, source }
    };
    let certificates = CertificateDer::pem_file_iter(chain).map_err(file(chain))?;
    let certificates: Vec<_> = certificates.collect::<Result<_, _>>().map_err(file(chain))?;
    if certificates.is_empty() {
        return Err(CertificateError::Empty(chain.to_owned()));
    }
    let key = PrivateKeyDer::from_pem_file(key).map_err(file(key))?;
    CertifiedKey::from_der(certificates, key, &aws_lc_rs::default_provider())
        .map_err(CertificateError::Unusable)
}

/// How the server speaks TLS: 1.2 and 1.3, with forward secrecy and authenticated encryption only
/// (ASVS 12.1.1, 12.1.2); rustls has nothing else.
///
/// # Errors
/// What rustls says when the provider cannot do that, which is never so.
pub(crate) fn server_config(certificate: Arc<Certificate>) -> Result<ServerConfig, rustls::Error> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let versions = [&rustls::version::TLS13, &rustls::version::TLS12];
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&versions)?
        .with_no_client_auth()
        .with_cert_resolver(certificate);
    // The best of ours that both know, in place of what a client happens to name first.
    config.ignore_client_order = true;
    Ok(config)
}
