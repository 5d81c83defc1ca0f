using System.Text.Json;
using EduUnion.Domain.Aid;
using static EduUnion.Domain.Tests.Aid.Given;

namespace EduUnion.Domain.Tests.Aid;

public sealed class VerificationTests
{
    private static VerificationForm Form =>
        new(Money.Yuan(100_000), Money.Yuan(40_000), 3, CauseRemoved: false, "工资调整。");

    [Theory]
    [InlineData("confirm", VerificationState.Asked, VerificationState.Lapsed)]
    [InlineData("decide", VerificationState.Confirmed)]
    [InlineData("lapse", VerificationState.Asked)]
    [InlineData("cancel", VerificationState.Asked, VerificationState.Confirmed)]
    public void Act_IsPossibleOnlyIn(string act, params VerificationState[] allowed) =>
        Assert.Equal(allowed, Enum.GetValues<VerificationState>().Where(s => IsPossible(act, s)));

    private static bool IsPossible(string act, VerificationState state)
    {
        var verification = In(state);
        var before = JsonSerializer.Serialize(verification, Stored);
        var possible = act switch
        {
            "confirm" => verification.Confirm(Applicant, null, Now).IsOk,
            "decide" => Decide(verification, VerificationOutcome.Keep).IsOk,
            "cancel" => verification.Cancel().IsOk,
            _ => verification.Lapse().IsOk,
        };
        Assert.Equal(possible, before != JsonSerializer.Serialize(verification, Stored));
        return possible;
    }

    [Fact]
    public void Ask_OnceAYear_AndNobodyWhoLeft()
    {
        var file = AidFileTests.Opened();
        Assert.Equal("verification.done", Verification.Ask(Id(36), file, 2026).Refusal?.Code);
        Ok(file.Freeze(null, Now));
        Assert.True(Verification.Ask(Id(36), file, 2026).IsOk);
        var left = AidFileTests.In(FileState.Exited);
        Assert.Equal("verification.file-exited", Verification.Ask(Id(36), left, 2027).Refusal?.Code);
    }

    [Fact]
    public void Confirm_IsTheHoldersOwn_AndWhatChangedIsChecked()
    {
        var verification = Asked();
        verification.Refused("verification.not-holder", v => v.Confirm(Chair, null, Now), kind: RefusalKind.Forbidden);
        verification.Refused(
            "verification.members-invalid",
            v => v.Confirm(Applicant, Form with { Members = 0 }, Now),
            "members"
        );
        verification.Refused(
            "aid.amount-invalid",
            v => v.Confirm(Applicant, Form with { YearlyIncome = new Money(-1) }, Now),
            "yearlyIncome"
        );
        verification.Refused("aid.field-missing", v => v.Confirm(Applicant, Form with { Note = "" }, Now), "note");
        Ok(verification.Confirm(Applicant, Form, Now));
        Assert.Equal(new Money(166_667), verification.Form!.Net.Monthly);
    }

    [Fact]
    public void Decide_IsNeverTheHoldersOrARelatives()
    {
        var verification = Confirmed();
        verification.Recused(v => Decide(v, VerificationOutcome.Keep, By(Applicant)));
        verification.Recused(v => Decide(v, VerificationOutcome.Keep, new Actor(Chair, Ties.To(Chair))));
        verification.Recused(v =>
            Decide(v, VerificationOutcome.Keep, new Actor(Officer, Ties.None, ActingFor: Applicant))
        );
    }

    [Fact]
    public void Decide_AChangeOrAnExit_SaysWhatAndWhy()
    {
        var verification = Confirmed();
        verification.Refused("verification.category-missing", v => Decide(v, VerificationOutcome.Change), "category");
        verification.Refused(
            "verification.category-same",
            v => Decide(v, VerificationOutcome.Change, category: AidCategory.Rel),
            "category"
        );
        verification.Refused(
            "form.reason-missing",
            v => Decide(v, VerificationOutcome.Change, category: AidCategory.Loc),
            "reason"
        );
        verification.Refused(
            "verification.exit-missing",
            v => Decide(v, VerificationOutcome.Exit, reason: "脱困。"),
            "exit"
        );
        verification.Refused(
            "form.reason-missing",
            v => Decide(v, VerificationOutcome.Exit, exit: ExitReason.LiftedOut),
            "reason"
        );
        var decided = Ok(
            Decide(verification, VerificationOutcome.Exit, exit: ExitReason.LiftedOut, reason: "收入高于标准。")
        );
        Assert.Equal((AidCategory.Rel, ExitReason.LiftedOut), (decided.Category, decided.Exit));
    }

    [Fact]
    public void Confirm_AfterItLapsed_ThawsTheFileByTheDecision()
    {
        var (file, verification) = (AidFileTests.Opened(), Asked());
        Ok(verification.Lapse());
        Ok(file.Freeze(verification.Id, Now));
        Ok(verification.Confirm(Applicant, null, Now));
        var decided = Ok(Decide(verification, VerificationOutcome.Keep));
        Ok(file.Verify(decided.Category, decided.Reason, verification.Year, Chair, verification.Id, Now));
        Assert.True(file.MayBePaid);
        Assert.Equal(2027, file.VerifiedYear);
    }

    [Fact]
    public void RoundTrip()
    {
        foreach (var state in Enum.GetValues<VerificationState>())
            RoundTripTests.Same(In(state));
        var changed = Asked();
        Ok(changed.Confirm(Applicant, Form, Now));
        RoundTripTests.Same(changed);
    }

    private static Outcome<VerificationDecided> Decide(
        Verification verification,
        VerificationOutcome outcome,
        Actor? actor = null,
        AidCategory? category = null,
        ExitReason? exit = null,
        string? reason = null
    ) => verification.Decide(actor ?? By(Chair), outcome, category, exit, reason, Now);

    private static Verification Asked() => Ok(Verification.Ask(Id(36), AidFileTests.Opened(), 2027)).Verification;

    private static Verification Confirmed()
    {
        var verification = Asked();
        Ok(verification.Confirm(Applicant, null, Now));
        return verification;
    }

    private static Verification In(VerificationState state)
    {
        var verification = state is VerificationState.Confirmed or VerificationState.Decided ? Confirmed() : Asked();
        if (state == VerificationState.Decided)
            Ok(Decide(verification, VerificationOutcome.Keep));
        if (state == VerificationState.Lapsed)
            Ok(verification.Lapse());
        if (state == VerificationState.Cancelled)
            Ok(verification.Cancel());
        Assert.Equal(state, verification.State);
        return verification;
    }
}
