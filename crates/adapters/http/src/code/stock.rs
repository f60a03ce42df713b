//! Codes of the rules of stock and its movements.

macro_rules! stock_codes {
    ([$($rows:tt)*] => [$next:ident $($then:ident)*]) => {
        $next! { [$($rows)*
            StockInsufficient "stock.insufficient" 409 false
                "Not enough in stock: {requested} asked for, {available} available."
                "المخزون لا يكفي: المطلوب {requested} والمتاح {available}.";
            StockInsufficientAtDate "stock.insufficient_at_date" 409 false
                "Not enough in stock on {date}: {requested} asked for, {available} there that day."
                "المخزون لا يكفي بتاريخ {date}: المطلوب {requested} والموجود يومها {available}.";
            StockCostRequired "stock.cost_required" 422 false
                "Goods that come in need a unit cost of zero or more."
                "البضاعة الواردة تحتاج إلى تكلفة وحدة لا تقل عن صفر.";
            StockCostUnexpected "stock.cost_unexpected" 422 false
                "The cost of these goods is known from the stock or the first movement: leave it out."
                "تكلفة هذه البضاعة معروفة من المخزون أو من الحركة الأصلية: لا تُدخلها.";
            StockOutOfRange "stock.out_of_range" 422 false
                "The stock level would leave the range that can be kept."
                "سيتجاوز رصيد المخزون الحد الذي يمكن تسجيله.";
            MovementEmpty "movement.empty" 422 false
                "A movement needs at least one line."
                "تحتاج حركة المخزون إلى سطر واحد على الأقل.";
            MovementSameWarehouse "movement.same_warehouse" 422 false
                "A transfer needs two different warehouses."
                "يحتاج التحويل إلى مستودعين مختلفين.";
            MovementTargetRequired "movement.target_required" 422 false
                "A transfer needs a warehouse to go to."
                "يحتاج التحويل إلى مستودع تُنقل إليه البضاعة.";
            MovementTargetUnexpected "movement.target_unexpected" 422 false
                "Only a transfer goes to another warehouse."
                "لا تُنقل البضاعة إلى مستودع آخر إلا بالتحويل.";
            MovementOriginUnfit "movement.origin_unfit" 422 false
                "Customers return what was issued and suppliers get back what was received, as long as that movement stands posted."
                "يُرجع العميل ما صُرف له ويُرجع إلى المورد ما استُلم منه، ما دامت الحركة الأصلية مرحّلة ولم تُعكس.";
            MovementReturnExceeds "movement.return_exceeds" 409 false
                "Of what went, only {left} can still come back."
                "لم يبق مما خرج سوى {left} يمكن إرجاعه.";
            MovementDateInFuture "movement.date_in_future" 422 false
                "The date of a movement must not lie after today, {today}."
                "يجب ألا يكون تاريخ الحركة بعد اليوم {today}.";
            MovementPeriodLocked "movement.period_locked" 422 false
                "The books are closed through {locked_through}: choose a later date."
                "الدفاتر مقفلة حتى {locked_through}: اختر تاريخًا بعده.";
            MovementImmutable "movement.immutable" 409 false
                "The movement is no draft any more and stays as it is. A posted one can be reversed."
                "لم تعد الحركة مسودة فتبقى كما هي. الحركة المرحّلة يمكن عكسها.";
            MovementUseCancel "movement.use_cancel" 409 false
                "A draft stays on record: cancel it instead of deleting it."
                "تبقى المسودة في السجل: ألغِها بدلًا من حذفها.";
            MovementAlreadyPosted "movement.already_posted" 409 false
                "The movement was posted before."
                "سبق ترحيل هذه الحركة.";
            MovementReversed "movement.reversed" 409 false
                "The movement was reversed before."
                "سبق عكس هذه الحركة بحركة أخرى.";
            MovementCancelled "movement.cancelled" 409 false
                "The movement was cancelled before it was posted."
                "أُلغيت هذه الحركة قبل ترحيلها.";
            MovementNotPosted "movement.not_posted" 409 false
                "The movement is still a draft: only a posted one can be reversed."
                "ما زالت الحركة مسودة: لا تُعكس إلا حركة مرحّلة.";
            MovementOwnedByInvoice "movement.owned_by_invoice" 409 false
                "The movement belongs to an invoice: void the invoice instead."
                "هذه الحركة تابعة لفاتورة: أبطل الفاتورة بدلًا من عكس الحركة.";
            MovementHasReturns "movement.has_returns" 409 false
                "Goods of this movement came back: reverse those returns first."
                "عادت بضاعة من هذه الحركة: اعكس تلك المرتجعات أولًا.";
            MovementIsReversal "movement.is_reversal" 409 false
                "This movement is itself a reversal: write a new movement instead."
                "هذه الحركة نفسها حركة عكسية: سجّل حركة جديدة بدلًا من عكسها.";
            MovementIsRevaluation "movement.is_revaluation" 409 false
                "A revaluation cannot be reversed: set the standard cost again instead."
                "لا يمكن عكس إعادة التقييم: حدّد التكلفة المعيارية من جديد.";
            ProductNotStocked "product.not_stocked" 422 false
                "This product is not kept in stock."
                "هذا المنتج لا يُحتفظ به في المخزون.";
            UnitMismatch "unit.mismatch" 422 false
                "The product is counted in {unit}."
                "وحدة هذا المنتج هي {unit}.";
        ] => [$($then)*] }
    };
}
pub(super) use stock_codes;
