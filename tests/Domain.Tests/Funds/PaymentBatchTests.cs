using EduUnion.Domain.Funds;

namespace EduUnion.Domain.Tests.Funds;

public sealed class PaymentBatchTests
{
    private readonly Till _till = new();
    private readonly Claim _claim;
    private readonly PaymentBatch _batch;

    public PaymentBatchTests()
    {
        _till.Income(Fund, Money.Yuan(1_000));
        _claim = _till.Ask(Fund, Money.Yuan(600), 1).Claim;
        _batch = _till.Make(Fund, [_claim]).Value;
    }

    private Fund Fund => _till.Funds[0];

    private PaymentLine Line => _batch.Lines[0];

    [Fact]
    public void Make_NumbersListAndLines()
    {
        Assert.Equal(("GH2026-001", "GH2026-001-001"), (_batch.Number, Line.Reference));
        Assert.Equal(Money.Yuan(600), _batch.Total);
        Assert.Equal(ClaimState.Listed, _claim.State);
    }

    [Fact]
    public void Make_ClaimOfAnotherList_IsRefused() =>
        Assert.Equal("payment.not-reserved", _till.Make(Fund, [_claim]).Refusal!.Code);

    [Fact]
    public void Make_OwnPayee_IsRefused()
    {
        var (own, _) = _till.Ask(Fund, Money.Yuan(1), 2);
        Assert.Equal("payment.own-payee", _till.Make(Fund, [own], own.MemberId).Refusal!.Code);
        Assert.Equal("payment.own-payee", _till.Send(_batch, _claim.MemberId)!.Code);
    }

    [Fact]
    public void Make_Nothing_IsRefused() => Assert.Equal("payment.none-chosen", _till.Make(Fund, []).Refusal!.Code);

    [Fact]
    public void Release_ByItsMaker_IsRefusedAndSendsNothing()
    {
        var entries = _till.Entries.Count;
        Assert.Equal("payment.maker-releases", _till.Send(_batch, Till.Maker)!.Code);
        Assert.Equal((entries, LineState.Listed), (_till.Entries.Count, Line.State));
    }

    [Fact]
    public void Release_Twice_SendsOnce()
    {
        Assert.Null(_till.Send(_batch));
        Assert.Equal("payment.batch-released", _till.Send(_batch)!.Code);
        Assert.Equal(Money.Yuan(600), Fund.Balances.InTransit);
    }

    [Fact]
    public void Remove_LastLine_DropsTheList_AndTheClaimMayBeListedAgain()
    {
        Assert.True(_batch.Remove(Line.Id, _claim, _till.Now).IsOk);
        Assert.Equal((BatchState.Dropped, ClaimState.Reserved), (_batch.State, _claim.State));
        Assert.Equal("payment.batch-dropped", _till.Send(_batch)!.Code);
        Assert.Equal("GH2026-002", _till.Make(Fund, [_claim]).Value.Number);
    }

    [Fact]
    public void Result_Paid_Repeated_ChangesNothing()
    {
        _till.Send(_batch);
        Assert.NotNull(_till.Result(Line, true, "B1").Value);
        Assert.Null(_till.Result(Line, true, "B1").Value);
        Assert.Equal(Money.Yuan(600), Fund.Balances.Paid);
    }

    [Fact]
    public void Result_Bounced_IsReversed_StaysReserved_AndWaitsForACorrectedAccount()
    {
        _till.Send(_batch);
        Assert.Equal(PostingKind.Reversal, _till.Result(Line, false, "B1").Value!.Kind);
        Assert.Equal(
            (Money.Yuan(600), Money.Zero, ClaimState.Bounced),
            (Fund.Balances.Reserved, Fund.Balances.InTransit, _claim.State)
        );
        Assert.Equal("payment.not-reserved", _till.Make(Fund, [_claim]).Refusal!.Code);
        Assert.True(_claim.Correct("sealed", "4321", _till.Now).IsOk);
        var again = _till.Make(Fund, [_claim]).Value;
        _till.Send(again);
        _till.Result(again.Lines[0], true, "B2");
        Assert.Equal((ClaimState.Paid, Money.Yuan(600)), (_claim.State, Fund.Balances.Paid));
    }

    [Fact]
    public void Result_LateBounce_Returns_AndTheSameApprovalIsPaidAgain()
    {
        _till.Send(_batch);
        _till.Result(Line, true, "B1");
        Assert.Equal(PostingKind.Return, _till.Result(Line, false, "B2").Value!.Kind);
        Assert.Equal(
            (Money.Yuan(600), Money.Yuan(600), Money.Yuan(600), Money.Yuan(400)),
            (Fund.Balances.Reserved, Fund.Balances.Paid, Fund.Balances.Returned, Fund.Balances.Available)
        );
        Assert.Equal((LineState.Returned, ClaimState.Bounced), (Line.State, _claim.State));
        _till.Release(_claim);
        Assert.Equal(Money.Yuan(1_000), Fund.Balances.Available);
    }

    [Theory]
    [InlineData(true, true, "B2", "result.contradicts")]
    [InlineData(true, false, "B1", "result.reference-used")]
    [InlineData(false, true, "B2", "result.contradicts")]
    [InlineData(false, false, "B2", "result.contradicts")]
    public void Result_Contradicting_IsRefused(bool first, bool second, string reference, string code)
    {
        _till.Send(_batch);
        _till.Result(Line, first, "B1");
        Assert.Equal(code, _till.Result(Line, second, reference).Refusal!.Code);
    }

    [Fact]
    public void Result_BeforeItWasSent_IsRefused() =>
        Assert.Equal("result.not-sent", _till.Result(Line, true, "B1").Refusal!.Code);

    [Fact]
    public void Release_OfAClaimThatTheBankHas_IsRefused()
    {
        _till.Send(_batch);
        Assert.Equal("payment.sent", _till.Release(_claim)!.Code);
        _till.Result(Line, true, "B1");
        Assert.Equal("payment.sent", _till.Release(_claim)!.Code);
    }

    [Fact]
    public void Release_OfAListedClaim_TakesItOffTheList()
    {
        Assert.Null(_till.Release(_claim));
        Assert.Equal((LineState.Removed, BatchState.Dropped), (Line.State, _batch.State));
        Assert.Equal("payment.cancelled", _till.Release(_claim)!.Code);
    }
}
