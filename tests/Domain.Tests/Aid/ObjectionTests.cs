using System.Text.Json;
using EduUnion.Domain.Aid;
using static EduUnion.Domain.Tests.Aid.Given;

namespace EduUnion.Domain.Tests.Aid;

public sealed class ObjectionTests
{
    private static readonly Guid Objector = Id(60);

    [Theory]
    [InlineData("assign", ObjectionState.Filed)]
    [InlineData("investigate", ObjectionState.Investigating)]
    [InlineData("sign", ObjectionState.Investigating)]
    [InlineData("return", ObjectionState.Investigating)]
    [InlineData("hand back", ObjectionState.Investigating)]
    [InlineData("replace", ObjectionState.Investigating)]
    [InlineData("settle", ObjectionState.Investigated)]
    public void Act_IsPossibleOnlyIn(string act, params ObjectionState[] allowed) =>
        Assert.Equal(allowed, Enum.GetValues<ObjectionState>().Where(s => IsPossible(act, s)));

    private static bool IsPossible(string act, ObjectionState state)
    {
        var objection = In(state);
        if (act is "sign" or "return" && state == ObjectionState.Investigating)
            objection = Recorded();
        var before = JsonSerializer.Serialize(objection, Stored);
        var possible = act switch
        {
            "assign" => objection.Assign(InNotice(), ByDistrict(Officer), [Investigator, Coinvestigator]).IsOk,
            "investigate" => Investigate(objection, Investigator).IsOk,
            "sign" => objection.Sign(Coinvestigator, Now).IsOk,
            "return" => objection.Return(Coinvestigator, "未核实产权。").IsOk,
            "hand back" => objection.HandBack(Investigator, "住院。").IsOk,
            "replace" => objection.Replace(InNotice(), ByDistrict(Officer), Investigator, "离职。").IsOk,
            _ => Settle(objection, ObjectionOutcome.Unfounded).IsOk,
        };
        Assert.Equal(possible, before != JsonSerializer.Serialize(objection, Stored));
        return possible;
    }

    [Fact]
    public void HandBack_AfterTheRecord_VoidsIt_AndHeIsNotAssignedAgain()
    {
        var objection = Recorded();
        objection.Refused("form.reason-missing", o => o.HandBack(Coinvestigator, " "), "reason");
        objection.Refused("objection.not-investigator", o => o.HandBack(Sister, "住院。"), kind: RefusalKind.Forbidden);
        Ok(objection.HandBack(Coinvestigator, "与申请人同住一个小区。"));
        Assert.Null(objection.Record);
        objection.Refused(
            "objection.investigator-recused",
            o => o.Assign(InNotice(), ByDistrict(Officer), [Investigator, Coinvestigator]),
            "investigators"
        );
        Ok(Assign(objection, Investigator, Sister));
    }

    // Scenario 10: anonymous, two others, unfounded, and nobody's name anywhere.
    [Fact]
    public void Anonymous_StoresNobody()
    {
        var objection = Filed(null);
        Assert.True(objection.IsAnonymous);
        var stored = JsonSerializer.Serialize(objection, Stored);
        Assert.DoesNotContain("filedById", stored, StringComparison.OrdinalIgnoreCase);
        var settled = Ok(Settle(Signed(objection), ObjectionOutcome.Unfounded));
        Assert.Equal((ObjectionOutcome.Unfounded, CaseId), (settled.Outcome, objection.ApplicationId));
        Assert.Equal([Investigator, Coinvestigator], settled.Investigators);
    }

    [Fact]
    public void Named_TheEventsStillSayNothingOfHim()
    {
        var (objection, filed) = Ok(File(Objector));
        Assert.Equal(Objector, objection.FiledById);
        Assert.DoesNotContain(Objector.ToString(), JsonSerializer.Serialize(filed, Stored), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(7, true)]
    [InlineData(8, false)]
    public void File_OnlyWithinThePeriod(int day, bool inside)
    {
        var filed = File(Objector, Today.AddDays(day));
        Assert.Equal(inside ? null : "objection.not-in-notice", filed.Refusal?.Code);
    }

    [Fact]
    public void File_WithoutANotice_ByTheApplicant_OrWithoutAWord_IsRefused()
    {
        Assert.Equal("objection.not-in-notice", FileTo(null, Objector).Refusal?.Code);
        var over = InNotice().Notice! with { EndedAt = Now };
        Assert.Equal("objection.not-in-notice", FileTo(over, Objector).Refusal?.Code);
        Assert.Equal("objection.own-application", File(Applicant).Refusal?.Code);
        Assert.Equal("text", File(Objector, text: " ").Refusal?.Field);
    }

    public static TheoryData<string, Actor> MayNotHandle =>
        new()
        {
            { "the applicant", By(Applicant) },
            { "a relative", new Actor(Officer, Ties.To(Officer)) },
            { "a surveyor", By(Surveyor) },
            { "who published", By(Chair) },
            { "who objected", By(Objector) },
            { "for who published", new Actor(Officer, Ties.None, ActingFor: Chair) },
        };

    [Theory]
    [MemberData(nameof(MayNotHandle))]
    public void Handler_MustNotStandTooNear(string who, Actor actor)
    {
        Assert.NotEmpty(who);
        Filed().Recused(o => o.Assign(InNotice(), actor, [Investigator, Coinvestigator]));
        Signed(Filed())
            .Recused(o => o.Settle(InNotice(), actor, ObjectionOutcome.Unfounded, null, null, "经查。", Now));
    }

    [Fact]
    public void Handler_IsNoInvestigator()
    {
        var actor = By(Investigator);
        Signed(Filed())
            .Recused(o => o.Settle(InNotice(), actor, ObjectionOutcome.Unfounded, null, null, "经查。", Now));
    }

    [Fact]
    public void Assign_OthersThanTheSurveyors_TwoAtLeast()
    {
        Filed().Refused("objection.investigators-missing", o => Assign(o, Investigator), "investigators");
        Filed().Refused("objection.investigators-missing", o => Assign(o, Investigator, Investigator), "investigators");
        Filed().Refused("objection.investigator-surveyed", o => Assign(o, Investigator, Surveyor), "investigators");
        Filed().Refused("objection.investigator-recused", o => Assign(o, Investigator, Husband), "investigators");
        Filed().Refused("objection.investigator-recused", o => Assign(o, Investigator, Objector), "investigators");
    }

    [Fact]
    public void Investigate_TheFormIsChecked()
    {
        var objection = In(ObjectionState.Investigating);
        objection.Refused("objection.not-investigator", o => Investigate(o, Surveyor), kind: RefusalKind.Forbidden);
        objection.Refused("objection.in-future", o => Investigate(o, Investigator, Today.AddDays(1)), "visitedOn");
        objection.Refused("objection.before-filing", o => Investigate(o, Investigator, Today.AddDays(-1)), "visitedOn");
        objection.Refused("aid.field-missing", o => Investigate(o, Investigator, finding: ""), "finding");
        objection.Refused("objection.not-recorded", o => o.Sign(Investigator, Now));
    }

    [Fact]
    public void Return_TheRecord_IsWrittenAndSignedAnew()
    {
        var objection = Recorded();
        objection.Refused("objection.signed-before", o => o.Sign(Investigator, Now), kind: RefusalKind.Conflict);
        objection.Refused("objection.recorded-before", o => Investigate(o, Coinvestigator));
        objection.Refused("form.reason-missing", o => o.Return(Coinvestigator, null), "reason");
        Ok(objection.Return(Coinvestigator, "未核实产权。"));
        Assert.Null(objection.Record);
        Assert.Equal(2, Ok(Investigate(objection, Coinvestigator)).Record.Revision);
        Assert.Equal([Investigator], objection.Coinvestigators);
    }

    [Fact]
    public void Settle_Adjusted_NeedsSomethingAdjusted_AndNeverMore()
    {
        var objection = Signed(Filed());
        objection.Refused("objection.nothing-adjusted", o => Settle(o, ObjectionOutcome.Adjusted), "amount");
        objection.Refused("objection.nothing-adjusted", o => Settle(o, ObjectionOutcome.Adjusted, 3_000), "amount");
        objection.Refused("objection.amount-raised", o => Settle(o, ObjectionOutcome.Adjusted, 3_001), "amount");
        objection.Refused("aid.amount-invalid", o => Settle(o, ObjectionOutcome.Adjusted, 0), "amount");
        objection.Refused("form.reason-missing", o => Settle(o, ObjectionOutcome.Unfounded, reason: " "), "reason");
        Assert.Equal(Money.Yuan(2_000), Ok(Settle(objection, ObjectionOutcome.Adjusted, 2_000)).Amount);
    }

    [Fact]
    public void Settle_Unfounded_TellsNoAmount() =>
        Assert.Null(Ok(Settle(Signed(Filed()), ObjectionOutcome.Unfounded, 2_000)).Amount);

    [Fact]
    public void RoundTrip()
    {
        foreach (var state in Enum.GetValues<ObjectionState>())
            RoundTripTests.Same(In(state));
    }

    private static Outcome<(Objection Objection, ObjectionFiled Event)> File(
        Guid? by,
        DateOnly? today = null,
        string text = "其名下有两套住房。"
    ) => FileTo(InNotice().Notice, by, today, text);

    private static Outcome<(Objection Objection, ObjectionFiled Event)> FileTo(
        PublicNotice? notice,
        Guid? by,
        DateOnly? today = null,
        string text = "其名下有两套住房。"
    ) => Objection.File(ObjectionId, CaseId, Applicant, notice, by, ObjectionGround.Assets, text, Now, today ?? Today);

    private static Objection Filed() => Filed(Objector);

    private static Objection Filed(Guid? by) => Ok(File(by)).Objection;

    private static Outcome<InvestigatorsAssigned> Assign(Objection objection, params Guid[] members) =>
        objection.Assign(InNotice(), ByDistrict(Officer), members);

    private static Outcome<InvestigationRecorded> Investigate(
        Objection objection,
        Guid by,
        DateOnly? on = null,
        string finding = "房屋系继承，无法居住。"
    ) => objection.Investigate(by, on ?? Today, "居委会", finding, Today, Now, Today);

    private static Outcome<ObjectionSettled> Settle(
        Objection objection,
        ObjectionOutcome outcome,
        long? yuan = null,
        string reason = "经查。"
    ) =>
        objection.Settle(
            InNotice(),
            ByDistrict(Officer),
            outcome,
            yuan is { } y ? Money.Yuan(y) : null,
            null,
            reason,
            Now
        );

    private static Objection Recorded()
    {
        var objection = Filed();
        Ok(Assign(objection, Investigator, Coinvestigator));
        Ok(Investigate(objection, Investigator));
        return objection;
    }

    private static Objection Signed(Objection objection)
    {
        Ok(Assign(objection, Investigator, Coinvestigator));
        Ok(Investigate(objection, Investigator));
        Assert.True(Ok(objection.Sign(Coinvestigator, Now)).Complete);
        return objection;
    }

    private static Objection In(ObjectionState state)
    {
        var objection = Filed();
        if (state == ObjectionState.Investigating)
            Ok(Assign(objection, Investigator, Coinvestigator));
        if (state is ObjectionState.Investigated or ObjectionState.Settled)
            Signed(objection);
        if (state == ObjectionState.Settled)
            Ok(Settle(objection, ObjectionOutcome.Unfounded));
        Assert.Equal(state, objection.State);
        return objection;
    }
}
