//! How much of the connections is in use.

use gaara_application::{Measure, Measured};
use sea_orm::{DatabaseConnection, DbBackend};

use crate::store::SqlStore;

impl Measured for SqlStore {
    fn measures(&self) -> Vec<Measure> {
        let pools = [
            ("write", &self.connections.writer, self.writers_max()),
            ("read", &self.connections.reader, self.config.read_connections_max),
        ];
        pools.into_iter().flat_map(|(name, pool, max)| measures(name, pool, max)).collect()
    }
}

impl SqlStore {
    /// How many connections are idle, and how many are used: for a test that waits for that.
    #[doc(hidden)]
    #[must_use]
    pub fn count_connections(&self) -> (u64, u64) {
        let told = self.measures();
        let in_state = |state| {
            let those = told.iter().filter(|it| it.labels.contains(&("state", state)));
            those.map(|it| it.value).sum()
        };
        (in_state("idle"), in_state("used"))
    }

    fn writers_max(&self) -> u32 {
        match self.backend() {
            DbBackend::Sqlite => 1,
            _ => self.config.write_connections_max,
        }
    }
}

fn measures(name: &'static str, pool: &DatabaseConnection, max: u32) -> [Measure; 3] {
    let (size, idle) = if pool.get_database_backend() == DbBackend::Sqlite {
        let pool = pool.get_sqlite_connection_pool();
        (pool.size(), pool.num_idle())
    } else {
        let pool = pool.get_postgres_connection_pool();
        (pool.size(), pool.num_idle())
    };
    let idle = u64::try_from(idle).unwrap_or_default();
    let used = u64::from(size).saturating_sub(idle);
    let open = |state, value| {
        Measure::of("gaara_database_connections", value).with("pool", name).with("state", state)
    };
    let max = Measure::of("gaara_database_connections_max", max.into()).with("pool", name);
    [open("idle", idle), open("used", used), max]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::SqlConfig;
    use gaara_application::Store;

    #[tokio::test]
    async fn a_connection_that_works_is_told_as_used() {
        let directory = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", directory.path().join("books.db").display());
        let store = SqlStore::connect(&SqlConfig::new(url)).await.unwrap();
        let used = || {
            let measures = store.measures();
            let used =
                measures.iter().find(|it| it.labels == [("pool", "write"), ("state", "used")]);
            used.unwrap().value
        };
        let before = used();

        let writing = store.begin().await.unwrap();
        let meanwhile = used();
        drop(writing);

        assert_eq!((before, meanwhile), (0, 1));
    }
}
