//! Categories: a tree of a few levels that products hang on.

use std::collections::BTreeMap;
use std::fmt::Write;

use gaara_kernel::{BilingualText, CategoryId, Id, Timestamp, Version};
use thiserror::Error;

/// A category of products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// The id.
    pub id: CategoryId,
    /// The category it belongs to; `None` at the top.
    pub parent: Option<CategoryId>,
    /// The name.
    pub name: BilingualText,
    /// The ids from the top down to itself.
    pub path: Vec<CategoryId>,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it or its place was last saved.
    pub updated_at: Timestamp,
    /// How often it or its place was saved.
    pub version: Version,
}

impl Category {
    /// The most levels of the tree.
    pub const DEPTH_MAX: usize = 10;
    /// How many characters of a key one level takes.
    pub const KEY_STEP: usize = 32;

    /// Its path as a text that sorts like the tree: what is below begins with what is above.
    #[must_use]
    pub fn path_key(&self) -> String {
        path_key(&self.path)
    }
}

/// A path as a text that sorts like the tree: what is below begins with what is above.
#[must_use]
pub fn path_key(path: &[CategoryId]) -> String {
    let mut key = String::with_capacity(path.len() * Category::KEY_STEP);
    for id in path {
        // Writing to a text cannot fail.
        let _ = write!(key, "{:032x}", id.as_uuid().as_u128());
    }
    key
}

/// Why a category cannot stand where it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PlaceError {
    /// There is no such parent.
    #[error("there is no such parent")]
    UnknownParent,
    /// The parent is the category itself, or below it.
    #[error("a category cannot stand below itself")]
    Cycle,
    /// The tree would have too many levels.
    #[error("a tree has at most {} levels", Category::DEPTH_MAX)]
    TooDeep,
}

/// Who belongs to whom, of all categories.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CategoryTree(BTreeMap<CategoryId, Option<CategoryId>>);

impl CategoryTree {
    /// The path that a category would have below a parent; the category need not exist yet.
    ///
    /// # Errors
    /// Every variant of [`PlaceError`].
    pub fn path_below(
        &self,
        parent: Option<CategoryId>,
        id: CategoryId,
    ) -> Result<Vec<CategoryId>, PlaceError> {
        let mut path = match parent {
            Some(parent) if self.0.contains_key(&parent) => self.path(parent),
            Some(_) => return Err(PlaceError::UnknownParent),
            None => Vec::new(),
        };
        if path.contains(&id) {
            return Err(PlaceError::Cycle);
        }
        if path.len() + self.height(id) > Category::DEPTH_MAX {
            return Err(PlaceError::TooDeep);
        }
        path.push(id);
        Ok(path)
    }

    /// Whether something belongs to this category.
    #[must_use]
    pub fn has_children(&self, id: CategoryId) -> bool {
        self.0.values().any(|parent| *parent == Some(id))
    }

    /// The ids from the top down to this one.
    fn path(&self, id: CategoryId) -> Vec<CategoryId> {
        let above = |id: &CategoryId| self.0.get(id).copied().flatten();
        // A stored circle, which no rule lets happen, must not hang the program.
        let mut path: Vec<CategoryId> =
            std::iter::successors(Some(id), above).take(self.0.len()).collect();
        path.reverse();
        path
    }

    /// How many levels stand from this one down, itself included.
    fn height(&self, id: CategoryId) -> usize {
        let below = |other: &CategoryId| {
            let path = self.path(*other);
            path.iter().position(|step| *step == id).map(|at| path.len() - at)
        };
        self.0.keys().filter_map(below).max().unwrap_or(1)
    }
}

impl FromIterator<(CategoryId, Option<CategoryId>)> for CategoryTree {
    fn from_iter<I: IntoIterator<Item = (CategoryId, Option<CategoryId>)>>(rows: I) -> Self {
        Self(rows.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(number: u32) -> CategoryId {
        let text = format!("00000000-0000-7000-8000-0000{number:08x}");
        Id::from_uuid(text.parse().unwrap())
    }

    /// 1 → 2 → 3, 1 → 4, and 5 alone.
    fn tree() -> CategoryTree {
        [(1, None), (2, Some(1)), (3, Some(2)), (4, Some(1)), (5, None)]
            .into_iter()
            .map(|(own, parent)| (id(own), parent.map(id)))
            .collect()
    }

    fn path(numbers: &[u32]) -> Vec<CategoryId> {
        numbers.iter().copied().map(id).collect()
    }

    #[test]
    fn a_path_leads_from_the_top() {
        assert_eq!(tree().path_below(None, id(9)), Ok(path(&[9])));
        assert_eq!(tree().path_below(Some(id(3)), id(9)), Ok(path(&[1, 2, 3, 9])));
        assert_eq!(tree().path_below(Some(id(5)), id(2)), Ok(path(&[5, 2])));
        assert_eq!(tree().path_below(Some(id(7)), id(9)), Err(PlaceError::UnknownParent));
    }

    #[test]
    fn nothing_stands_below_itself() {
        for (parent, own) in [(1, 1), (2, 1), (3, 1), (3, 2)] {
            let refused = tree().path_below(Some(id(parent)), id(own));
            assert_eq!(refused, Err(PlaceError::Cycle), "{own} below {parent}");
        }
    }

    #[test]
    fn depth_counts_what_is_above_and_what_is_below() {
        let chain: CategoryTree =
            (1..=8).map(|own| (id(own), (own > 1).then(|| id(own - 1)))).collect();
        let all: CategoryTree = chain.0.into_iter().chain(tree_of_three()).collect();
        assert_eq!(all.path_below(Some(id(8)), id(20)).map(|path| path.len()), Ok(9));
        assert_eq!(all.path_below(Some(id(8)), id(10)), Err(PlaceError::TooDeep));
        assert!(all.path_below(Some(id(7)), id(10)).is_ok());
    }

    fn tree_of_three() -> [(CategoryId, Option<CategoryId>); 3] {
        [(id(10), None), (id(11), Some(id(10))), (id(12), Some(id(11)))]
    }

    #[test]
    fn what_is_below_begins_with_what_is_above() {
        let above = path_key(&path(&[1]));
        let below = path_key(&path(&[1, 2]));
        let beside = path_key(&path(&[2]));
        assert!(below.starts_with(&above) && above < below && below < beside);
        assert_eq!(below.len(), 2 * Category::KEY_STEP);
    }

    proptest! {
        #[test]
        fn moving_never_makes_a_circle(moves in prop::collection::vec((0_u32..8, 0_u32..8), 0..60)) {
            let mut tree: CategoryTree = (0..8).map(|own| (id(own), None)).collect();
            for (own, parent) in moves {
                if tree.path_below(Some(id(parent)), id(own)).is_ok() {
                    tree.0.insert(id(own), Some(id(parent)));
                }
            }
            for own in tree.0.keys() {
                let path = tree.path(*own);
                prop_assert!(tree.0[&path[0]].is_none() && path.len() <= Category::DEPTH_MAX);
            }
        }
    }
}
