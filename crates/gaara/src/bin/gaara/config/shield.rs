//! The settings of the shield: names, proxies, sites, sizes, times, and how often somebody may ask.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use gaara::application::{Breakers, Dependency, FallbackRateLimiter, RateLimiter};
use gaara::security_policy::{BreakerHold, RateRule};
use gaara_cache_redis::RedisRateLimiter;
use gaara_http::{Hosts, HttpConfig, Network, Origins, RateLimits, RouteRule};
use gaara_store_memory::MemoryRateLimiter;

use super::Config;
use super::reader::Reader;

/// The largest size that may be configured, in bytes.
const BYTES_MAX: u32 = 1 << 30;

/// The settings of the shield.
pub(crate) struct Shield {
    hosts: Vec<String>,
    trusted_proxies: Vec<Network>,
    origins: Origins,
    sizes: Sizes,
    times: Times,
    connections_max: u32,
    connections_per_address_max: u32,
    rates: Rates,
    forced_open: Vec<String>,
    disabled: Vec<String>,
}

struct Sizes {
    head: u32,
    body: u32,
    batch: u32,
    import: u32,
    rate_min: u32,
}

struct Times {
    head: Duration,
    body: Duration,
    grace: Duration,
    request: Duration,
    export: Duration,
    answer: Duration,
    keep_alive: Duration,
}

struct Rates {
    enabled: bool,
    general: RateRule,
    routes: Vec<RouteRule>,
    shadow: bool,
    nodes: u32,
    redis_timeout: Duration,
}

impl Shield {
    /// Reads every setting of the shield, and complains about all that are wrong.
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let hosts = reader.list("server.hosts", "names between commas");
        let trusted_proxies = reader.list("server.trusted_proxies", "ranges like 10.0.0.0/8");
        let origins = reader.parse("server.cors_origins", "origins like https://app.example.com");
        let (sizes, times) = (Sizes::read(reader), Times::read(reader));
        let connections_max = reader.up_to("server.connections_max", 1_000_000);
        let per_address = reader.up_to("server.connections_per_address_max", 1_000_000);
        let rates = Rates::read(reader);
        let forced_open = dependencies(reader, "breaker.forced_open");
        let disabled = dependencies(reader, "breaker.disabled");
        Some(Self {
            hosts: hosts?,
            trusted_proxies: trusted_proxies?,
            origins: origins?,
            sizes: sizes?,
            times: times?,
            connections_max: connections_max?,
            connections_per_address_max: per_address?,
            rates: rates?,
            forced_open: forced_open?,
            disabled: disabled?,
        })
    }

    /// Applies what the operator decided over the heads of breakers.
    pub(crate) fn hold(&self, breakers: &Breakers) {
        let held =
            [(&self.forced_open, BreakerHold::ForcedOpen), (&self.disabled, BreakerHold::Disabled)];
        for (names, hold) in held {
            for dependency in names.iter().filter_map(|name| Dependency::find(name)) {
                breakers.guard(dependency).hold(Some(hold));
            }
        }
    }

    /// How the HTTP server behaves that listens on this address, behind this shield.
    ///
    /// # Errors
    /// A complaint about the address of Redis.
    pub(crate) fn around(
        &self,
        http: HttpConfig,
        config: &Config,
        breakers: &Breakers,
        address: SocketAddr,
    ) -> Result<HttpConfig, String> {
        let own = address.ip().to_string();
        let names = self.hosts.iter().cloned().chain(config.public_host()).chain([own]);
        let hosts = Hosts::new(names);
        let is_everywhere = address.ip().is_unspecified();
        let bytes = |size: u32| usize::try_from(size).unwrap_or(usize::MAX);
        Ok(HttpConfig {
            hosts: if is_everywhere { hosts.with_any_address() } else { hosts },
            trusted_proxies: self.trusted_proxies.clone(),
            origins: self.origins.clone(),
            rate_limits: self.rates.limits(&config.redis_url, breakers)?,
            head_bytes_max: bytes(self.sizes.head),
            body_bytes_max: bytes(self.sizes.body),
            batch_bytes_max: bytes(self.sizes.batch),
            import_bytes_max: bytes(self.sizes.import),
            body_timeout: self.times.body,
            body_rate_min: self.sizes.rate_min,
            body_grace: self.times.grace,
            request_timeout: self.times.request,
            export_timeout: self.times.export,
            answer_timeout: self.times.answer,
            head_timeout: self.times.head,
            keep_alive: self.times.keep_alive,
            connections_max: bytes(self.connections_max),
            connections_per_address_max: bytes(self.connections_per_address_max),
            ..http
        })
    }
}

impl Sizes {
    fn read(reader: &mut Reader) -> Option<Self> {
        let head = reader.up_to("server.head_bytes_max", 128 * 1024);
        let body = reader.up_to("server.body_bytes_max", BYTES_MAX);
        let batch = reader.up_to("server.batch_bytes_max", BYTES_MAX);
        let import = reader.up_to("server.import_bytes_max", BYTES_MAX);
        let rate_min = reader.up_to("server.body_rate_min", BYTES_MAX);
        Some(Self { head: head?, body: body?, batch: batch?, import: import?, rate_min: rate_min? })
    }
}

impl Times {
    fn read(reader: &mut Reader) -> Option<Self> {
        let head = reader.duration("server.head_timeout_ms");
        let body = reader.duration("server.body_timeout_ms");
        let grace = reader.duration("server.body_grace_ms");
        let request = reader.duration("server.request_timeout_ms");
        let export = reader.duration("server.export_timeout_ms");
        let answer = reader.duration("server.answer_timeout_ms");
        let keep_alive = reader.duration("server.keep_alive_ms");
        Some(Self {
            head: head?,
            body: body?,
            grace: grace?,
            request: request?,
            export: export?,
            answer: answer?,
            keep_alive: keep_alive?,
        })
    }
}

impl Rates {
    fn read(reader: &mut Reader) -> Option<Self> {
        let enabled = reader.parse("rate_limit.enabled", "true or false");
        let per_minute = reader.up_to("rate_limit.per_minute", 60_000);
        let per_hour = reader.up_to("rate_limit.per_hour", 3_600_000);
        let routes = reader.list("rate_limit.routes", "rules like GET /api/v1/reports 20 200");
        let shadow = reader.parse("rate_limit.shadow", "true or false");
        let nodes = reader.count("rate_limit.expected_nodes");
        let redis_timeout = reader.duration("rate_limit.redis_timeout_ms");
        Some(Self {
            enabled: enabled?,
            general: RateRule::new(per_minute?, per_hour?),
            routes: routes?,
            shadow: shadow?,
            nodes: nodes?,
            redis_timeout: redis_timeout?,
        })
    }

    fn limits(&self, redis_url: &str, breakers: &Breakers) -> Result<Option<RateLimits>, String> {
        if !self.enabled {
            return Ok(None);
        }
        let local: Arc<dyn RateLimiter> = Arc::new(MemoryRateLimiter::new());
        let limiter: Arc<dyn RateLimiter> = if redis_url.is_empty() {
            local
        } else {
            let shared = RedisRateLimiter::connect(redis_url)
                .map_err(|_| "redis.url must be redis://:PASSWORD@HOST/0".to_owned())?
                .with_call_max(self.redis_timeout);
            let guard = breakers.guard(Dependency::RATE_LIMIT);
            Arc::new(FallbackRateLimiter::new(Arc::new(shared), local, guard, self.nodes))
        };
        let limits = RateLimits::new(limiter, self.general);
        Ok(Some(limits.in_shadow(self.shadow).with_routes(self.routes.clone())))
    }
}

/// Names of dependencies between commas.
fn dependencies(reader: &mut Reader, key: &str) -> Option<Vec<String>> {
    let known = Dependency::ALL.map(|dependency| dependency.name).join(", ");
    let all_known = |text: &str| {
        let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
        names.map(|name| Dependency::find(name).map(|it| it.name.to_owned())).collect()
    };
    reader.parse_with(key, &format!("some of {known}"), all_known)
}
