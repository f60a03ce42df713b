//! The words that documents are found by.

use gaara_kernel::{BilingualText, search_words};

use crate::details::Reference;
use crate::document::DocumentKind;
use crate::draft::{DraftInvoice, InvoiceContent};
use crate::invoice::Invoice;
use crate::issued::IssuedInvoice;

impl InvoiceContent {
    /// The words of what others call the document, of its tags, and of what is known besides.
    fn words_with(&self, known: &[Option<&str>]) -> Vec<String> {
        let written = &self.written;
        let references = &written.details.references;
        let dated = references.dated().into_iter().filter_map(|(_, it)| it.map(|it| &it.id));
        let named = written.supplier_reference.iter().chain(&references.buyer);
        let corrected = written.corrects.as_ref().map(|it| it.number.as_str());
        let texts = named.chain(dated).chain(&written.annotations.tags).map(Reference::as_str);
        let known = known.iter().copied().chain([corrected]).flatten();
        let texts: Vec<&str> = texts.chain(known).collect();
        search_words(&texts.join(" "))
    }
}

impl DraftInvoice {
    /// The words it is found by: those of its references and tags.
    #[must_use]
    pub fn search_words(&self) -> Vec<String> {
        self.content.words_with(&[])
    }
}

impl IssuedInvoice {
    /// The words it is found by: those of a draft, of its number, and of the other side's name.
    #[must_use]
    pub fn search_words(&self) -> Vec<String> {
        let party: &BilingualText = match self.content.written.kind() {
            DocumentKind::Sale => &self.snapshot.buyer.name,
            DocumentKind::Purchase => &self.snapshot.seller.name,
        };
        let number = self.number.text();
        self.content.words_with(&[Some(&number), party.ar(), party.en()])
    }
}

impl Invoice {
    /// The words it is found by.
    #[must_use]
    pub fn search_words(&self) -> Vec<String> {
        match self {
            Self::Draft(draft) => draft.search_words(),
            Self::Issued(issued) => issued.search_words(),
            Self::Void(voided) => voided.issued.search_words(),
        }
    }
}
