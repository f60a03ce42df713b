//! Codes of the rules of units, categories and products.

macro_rules! catalogue_codes {
    ([$($rows:tt)*] => [$next:ident $($then:ident)*]) => {
        $next! { [$($rows)*
            StockQuantityNotWhole "stock.quantity_not_whole" 422 false
                "This unit is counted in whole numbers."
                "تُعدّ هذه الوحدة بأعداد صحيحة فقط.";
            UnitBaseChained "unit.base_chained" 422 false
                "A base unit stands for itself: it cannot have a base unit in turn."
                "الوحدة الأساسية قائمة بذاتها: لا يجوز أن تكون لها وحدة أساسية أخرى.";
            CategoryCycle "category.cycle" 422 false
                "A category cannot stand below itself."
                "لا يمكن أن تقع الفئة تحت نفسها.";
            CategoryTooDeep "category.too_deep" 422 false
                "Categories may stand in at most {max} levels."
                "يجب ألا تزيد مستويات الفئات على {max}.";
            ProductPackagingUnit "product.packaging_unit" 422 false
                "A package needs a unit other than the product's own."
                "تحتاج العبوة إلى وحدة غير وحدة المنتج نفسه.";
            ProductReorderMaximum "product.reorder_maximum" 422 false
                "The maximum must not be below the minimum."
                "يجب ألا يقل الحد الأعلى عن الحد الأدنى.";
            TaxExemptionRequired "tax.exemption_required" 422 false
                "This tax category needs the reason why no tax is charged."
                "تحتاج فئة الضريبة هذه إلى سبب عدم فرض الضريبة.";
            TaxExemptionForbidden "tax.exemption_forbidden" 422 false
                "Tax is charged in this category, so there is no reason for an exemption."
                "تُفرض الضريبة في هذه الفئة، فلا محل لسبب إعفاء.";
            TaxValidityOrder "tax.validity_order" 422 false
                "The last day must not lie before the first."
                "يجب ألا يسبق آخرُ يوم أولَ يوم.";
        ] => [$($then)*] }
    };
}
pub(super) use catalogue_codes;
