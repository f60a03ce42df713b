//! An authority that is trusted by a test, and the certificates it issues.

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::pki_types::CertificateDer;

/// An authority of a test's own.
pub(crate) struct Authority {
    /// Its own certificate.
    pub(crate) root: CertificateDer<'static>,
    /// The same in PEM.
    pub(crate) pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        // OpenSSL takes whoever is called like the issuer for the issuer itself.
        params.distinguished_name.push(DnType::CommonName, "an authority of the tests");
        let key = KeyPair::generate().unwrap();
        let own = params.self_signed(&key).unwrap();
        let (root, pem) = (own.der().clone(), own.pem());
        Self { root, pem, issuer: Issuer::new(params, key) }
    }

    /// A new certificate for this machine, and its key, both in PEM.
    pub(crate) fn issue(&self) -> (String, String) {
        self.issue_for(&["127.0.0.1", "localhost"])
    }

    /// The same for other names.
    pub(crate) fn issue_for(&self, names: &[&str]) -> (String, String) {
        let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
        let params = CertificateParams::new(names);
        let key = KeyPair::generate().unwrap();
        let certificate = params.unwrap().signed_by(&key, &self.issuer).unwrap();
        (certificate.pem(), key.serialize_pem())
    }
}
