//! The one table of columns: the field of the JSON, and the header in both languages.

use gaara_kernel::Language;
use serde_json::Value;

/// Turns the rows of the table into the enum and its texts.
macro_rules! columns {
    ($($name:ident $path:literal $english:literal $arabic:literal;)*) => {
        /// A column that tables may have.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Column {
            $(#[doc = concat!("`", $path, "`: ", $english)] $name,)*
        }

        impl Column {
            /// The field of the row's JSON; a dot leads into an object.
            #[must_use]
            pub const fn path(self) -> &'static str {
                match self {
                    $(Self::$name => $path,)*
                }
            }

            /// The header.
            #[must_use]
            pub const fn header(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$name, Language::English) => $english,
                    (Self::$name, Language::Arabic) => $arabic,)*
                }
            }
        }
    };
}

columns! {
    Action "action" "Action" "الإجراء";
    Actor "actor" "Actor" "المنفّذ";
    Address "address" "Address" "العنوان";
    Amount "amount" "Amount" "المبلغ";
    ArchivedAt "archived_at" "Archived at" "تاريخ الأرشفة";
    At "at" "At" "الوقت";
    Available "available" "Available" "المتاح";
    Balance "balance" "Balance" "الرصيد";
    Barcodes "barcodes" "Barcodes" "الرموز الشريطية";
    BaseDenominator "base.denominator" "Base denominator" "مقام الوحدة الأساسية";
    BaseNumerator "base.numerator" "Base numerator" "بسط الوحدة الأساسية";
    BaseUnit "base.unit" "Base unit" "الوحدة الأساسية";
    BuiltIn "built_in" "Built in" "مدمج";
    CancelledAt "cancelled_at" "Cancelled at" "تاريخ الإلغاء";
    Category "category" "Category" "الفئة";
    CategoryId "category_id" "Category" "التصنيف";
    CategoryIds "category_ids" "Categories" "التصنيفات";
    ClosedAt "closed_at" "Closed at" "تاريخ الإغلاق";
    Code "code" "Code" "الرمز";
    Consumed "consumed" "Consumed" "المستهلك";
    Cost "cost" "Cost" "التكلفة";
    Costing "costing" "Costing" "طريقة التكلفة";
    Counted "counted" "Counted" "المعدود";
    CountedAt "counted_at" "Counted at" "تاريخ العدّ";
    CountedCount "counted_count" "Lines counted" "السطور المعدودة";
    Country "country" "Country" "البلد";
    CreatedAt "created_at" "Created at" "تاريخ الإنشاء";
    Credit "credit" "Credit" "الرصيد الدائن";
    CreditLimit "credit_limit" "Credit limit" "حد الائتمان";
    Credited "credited" "Credited" "المخصوم بإشعارات دائنة";
    Currency "currency" "Currency" "العملة";
    Current "current" "Not overdue" "غير متأخر";
    CustomerAr "customer_name.ar" "Customer (Arabic)" "العميل (بالعربية)";
    CustomerEn "customer_name.en" "Customer (English)" "العميل (بالإنجليزية)";
    CustomerId "customer_id" "Customer" "العميل";
    Date "date" "Date" "التاريخ";
    Days1To30 "days_1_30" "1–30 days" "1–30 يومًا";
    Days31To60 "days_31_60" "31–60 days" "31–60 يومًا";
    Days61To90 "days_61_90" "61–90 days" "61–90 يومًا";
    DaysOver90 "days_over_90" "Over 90 days" "أكثر من 90 يومًا";
    Decimals "decimals" "Decimals" "المنازل العشرية";
    Default "default" "Usual" "افتراضية";
    Delta "delta" "Difference" "الفرق";
    Device "device" "Device" "الجهاز";
    Direction "direction" "Direction" "الاتجاه";
    Disabled "disabled" "Disabled" "معطّل";
    Document "document" "Document" "المستند";
    DueDate "due_date" "Due date" "تاريخ الاستحقاق";
    EffectiveDate "effective_date" "Effective date" "تاريخ السريان";
    Email "email" "E-mail" "البريد الإلكتروني";
    EndedAt "ended_at" "Ended at" "تاريخ الانتهاء";
    Expected "expected" "Expected" "المتوقع";
    ExpiresAt "expires_at" "Expires at" "تنتهي في";
    FirstNumber "first_number" "First number" "أول رقم";
    Gross "gross" "With tax" "شامل الضريبة";
    Id "id" "Id" "المعرّف";
    InvoiceId "invoice_id" "Invoice" "الفاتورة";
    IssueDate "issue_date" "Issue date" "تاريخ الإصدار";
    ItsProductAr "product.name.ar" "Product (Arabic)" "الصنف (بالعربية)";
    ItsProductEn "product.name.en" "Product (English)" "الصنف (بالإنجليزية)";
    ItsProductId "product.id" "Product" "الصنف";
    ItsSku "product.sku" "SKU" "رمز الصنف";
    ItsWarehouseAr "warehouse.name.ar" "Warehouse (Arabic)" "المستودع (بالعربية)";
    ItsWarehouseCode "warehouse.code" "Warehouse code" "رمز المستودع";
    ItsWarehouseEn "warehouse.name.en" "Warehouse (English)" "المستودع (بالإنجليزية)";
    ItsWarehouseId "warehouse.id" "Warehouse" "المستودع";
    Kind "kind" "Kind" "النوع";
    Language "language" "Language" "اللغة";
    LastNumber "last_number" "Last number" "آخر رقم";
    LastUsedAt "last_used_at" "Last used at" "آخر استخدام";
    LedgerSequence "ledger_sequence" "Ledger entry" "قيد السجل";
    Line "line" "Line" "السطر";
    LineCount "line_count" "Lines" "السطور";
    Margin "margin" "Margin" "هامش الربح";
    Maximum "maximum" "Maximum" "الحد الأقصى";
    Method "method" "Method" "طريقة الدفع";
    Minimum "minimum" "Minimum" "الحد الأدنى";
    Missing "missing" "Missing" "الأرقام الناقصة";
    MovementId "movement_id" "Movement" "الحركة";
    MfaEnabledAt "mfa_enabled_at" "Second factor since" "العامل الثاني منذ";
    Name "name" "Name" "الاسم";
    NameAr "name.ar" "Name (Arabic)" "الاسم (بالعربية)";
    NameEn "name.en" "Name (English)" "الاسم (بالإنجليزية)";
    Net "net" "Before tax" "قبل الضريبة";
    NetDays "payment_terms.net_days" "Days to pay" "أيام السداد";
    Network "network" "Network" "الشبكة";
    NextNumber "next_number" "Next number" "الرقم التالي";
    Note "note" "Note" "ملاحظة";
    Number "number" "Number" "الرقم";
    OnHand "on_hand" "On hand" "الموجود";
    Open "open" "Open" "المفتوح";
    OriginId "origin_id" "Origin" "المصدر";
    Paid "paid" "Paid" "المدفوع";
    ParentId "parent_id" "Parent" "التصنيف الأعلى";
    PartyAr "party_name.ar" "Party (Arabic)" "الطرف (بالعربية)";
    PartyEn "party_name.en" "Party (English)" "الطرف (بالإنجليزية)";
    PartyId "party_id" "Party" "الطرف";
    Path "path" "Path" "المسار";
    Pattern "pattern" "Pattern" "النمط";
    Payable "payable" "Payable" "المستحق";
    OwnerId "owner_id" "Owner" "المالك";
    PaymentDate "payment_date" "Payment date" "تاريخ الدفع";
    PaymentStatus "payment_status" "Payment status" "حالة السداد";
    Period "period" "Period" "الفترة";
    Permissions "permissions" "Permissions" "الأذونات";
    Prefix "prefix" "Begins with" "يبدأ بـ";
    PostedAt "posted_at" "Posted at" "تاريخ الترحيل";
    ProductId "product_id" "Product" "الصنف";
    ProductIds "product_ids" "Products" "الأصناف";
    Quantity "quantity" "Quantity" "الكمية";
    Rate "rate" "Rate" "النسبة";
    RateDate "rate_date" "Holds from" "سارٍ من";
    Reserved "reserved" "Reserved" "المحجوز";
    Reset "reset" "Begins anew" "يبدأ من جديد";
    ReversedById "reversed_by_id" "Reversed by" "عُكست بواسطة";
    ReversesId "reverses_id" "Reverses" "تعكس";
    Role "role" "Role" "الدور";
    Sequence "sequence" "Sequence" "التسلسل";
    Series "series" "Series" "السلسلة";
    SessionId "session_id" "Session" "الجلسة";
    Side "side" "Side" "الجانب";
    Sku "sku" "SKU" "رمز الصنف";
    StandardCost "standard_cost" "Standard cost" "التكلفة المعيارية";
    StartedAt "started_at" "Started at" "تاريخ البدء";
    Status "status" "Status" "الحالة";
    StocktakeId "stocktake_id" "Stocktake" "الجرد";
    Subject "subject" "Subject" "الموضوع";
    Suggested "suggested" "To order" "المقترح طلبه";
    SupplierId "supplier_id" "Supplier" "المورّد";
    Tax "tax" "Tax" "الضريبة";
    TaxId "tax_id" "Tax id" "الرقم الضريبي";
    TaxInclusive "tax_inclusive" "Total with tax" "الإجمالي شاملًا الضريبة";
    TaxRate "tax_rate" "Tax rate" "رمز الضريبة";
    Taxable "taxable" "Taxable amount" "المبلغ الخاضع للضريبة";
    ThisSession "current" "This session" "هذه الجلسة";
    ToWarehouseId "to_warehouse_id" "To warehouse" "إلى المستودع";
    TraceId "trace_id" "Trace" "معرّف التتبع";
    Type "type" "Type" "نوع المستند";
    Unallocated "unallocated" "Unallocated" "غير المخصص";
    Unit "unit" "Unit" "الوحدة";
    UnitCost "unit_cost" "Unit cost" "تكلفة الوحدة";
    UnitPrice "unit_price" "Unit price" "سعر الوحدة";
    UpdatedAt "updated_at" "Updated at" "تاريخ التعديل";
    Username "username" "Username" "اسم المستخدم";
    Value "value" "Value" "القيمة";
    Variance "variance" "Variance" "الانحراف";
    Version "version" "Version" "الإصدار";
    WarehouseId "warehouse_id" "Warehouse" "المستودع";
    Year "year" "Year" "السنة";
}

impl Column {
    /// The field of a row.
    pub(super) fn find(self, row: &Value) -> Option<&Value> {
        self.path().split('.').try_fold(row, |value, name| value.get(name))
    }
}
