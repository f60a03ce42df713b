//! How a sort parameter is read and a cursor is checked.

use gaara_kernel::{Cursor, CursorError, Direction, Sort, SortValue, sort_fields};

sort_fields! {
    /// A list of documents.
    Field {
        /// The date.
        Date => "issue_date", integer;
        /// The number.
        Number => "number", text;
    }
}

#[test]
fn a_minus_sorts_the_largest_first() {
    let sort = Sort::<Field>::parse("-issue_date,number").unwrap();
    let directions: Vec<_> = sort.keys().iter().map(|key| key.direction).collect();
    assert_eq!(directions, [Direction::Descending, Direction::Ascending]);
    assert_eq!(sort.tie_direction(), Direction::Ascending);
}

#[test]
fn unknown_and_repeated_fields_are_named() {
    for (text, name) in [("password", "password"), ("number,-number", "number"), ("", "")] {
        let error = Sort::<Field>::parse(text).unwrap_err();
        assert_eq!(error.name, name);
    }
}

#[test]
fn a_cursor_of_another_order_is_refused() {
    let sort = Sort::by(Field::Number, Direction::Ascending);
    let cursor = |values| Cursor { values, tie: vec![] };
    assert_eq!(sort.check(&cursor(vec![SortValue::Text("1".into())])), Ok(()));
    assert_eq!(sort.check(&cursor(vec![SortValue::Integer(1)])), Err(CursorError));
    assert_eq!(sort.check(&cursor(vec![])), Err(CursorError));
}
