using System.Collections.Immutable;
using EduUnion.Domain.Aid;
using static EduUnion.Domain.Tests.Aid.Given;

namespace EduUnion.Domain.Tests.Aid;

public sealed partial class AidApplicationTests
{
    // Scenario 9: the sister-in-law declares herself, and the district appoints.
    [Fact]
    public void Recuse_TheSisterInLaw_IsReplacedByTheDistrict()
    {
        var aid = Accepted();
        Ok(aid.Appoint(By(Chair), [Sister, Cosurveyor]));
        Ok(aid.Recuse(Sister, Relation.InLaw, "申请人是我弟媳。", Now));
        Assert.Equal(AidState.Accepted, aid.State);
        Ok(aid.AskDistrict(By(Chair), "无其他人选。"));
        aid.Refused("survey.surveyor-recused", a => a.Appoint(ByDistrict(Officer), [Sister, Cosurveyor]), "surveyors");
        Assert.True(Ok(aid.Appoint(ByDistrict(Officer), [Surveyor, Cosurveyor])).ByDistrict);
        Ok(aid.RecordSurvey(Surveyor, Form, Today, Now, Today));
        Assert.True(Ok(aid.SignSurvey(Cosurveyor, Now)).Complete);
        Assert.Equal([Sister], aid.Recusals.Select(r => r.MemberId));
        Assert.Equal(RecusalGround.Declared, aid.RecusalOf(Sister, Duty.Assess, Ties.None));
    }

    [Fact]
    public void Recuse_AfterTheRecord_VoidsIt()
    {
        var aid = Recorded();
        Ok(aid.Recuse(Cosurveyor, Relation.DirectInterest, "同住一个小区，有往来。", Now));
        Assert.Null(aid.Survey);
        Assert.True(aid.Surveys[0].IsReturned);
        Ok(aid.Appoint(By(Chair), [Surveyor, Investigator]));
        Assert.Equal(2, Ok(aid.RecordSurvey(Investigator, Form, Today, Now, Today)).Revision);
    }

    [Fact]
    public void Appoint_OneOrTheSameTwice_IsRefused()
    {
        Accepted().Refused("survey.surveyors-missing", a => a.Appoint(By(Chair), [Surveyor]), "surveyors");
        Accepted().Refused("survey.surveyors-missing", a => a.Appoint(By(Chair), [Surveyor, Surveyor]), "surveyors");
    }

    public static TheoryData<string, Guid, Ties> TooNear =>
        new()
        {
            { "himself", Applicant, Ties.None },
            { "declared", Surveyor, Ties.To(Surveyor) },
            { "in the household", Husband, Ties.None },
        };

    [Theory]
    [MemberData(nameof(TooNear))]
    public void Appoint_SomebodyTooNear_IsRefused(string how, Guid member, Ties ties)
    {
        var refusal = Accepted()
            .Refused(
                "survey.surveyor-recused",
                a => a.Appoint(new Actor(Chair, ties), [member, Cosurveyor]),
                "surveyors"
            );
        Assert.True(refusal.Arguments.Contains(member), how);
    }

    [Theory]
    [MemberData(nameof(TooNear))]
    public void RecusalOf_HoldsForEveryDuty(string how, Guid member, Ties ties) =>
        Assert.All(Enum.GetValues<Duty>(), d => Assert.True(Accepted().RecusalOf(member, d, ties) is not null, how));

    [Fact]
    public void RecusalOf_ASurveyor_IsForApprovalOnly() =>
        Assert.Equal(
            [Duty.Approve],
            Enum.GetValues<Duty>().Where(d => Surveyed().RecusalOf(Surveyor, d, Ties.None) is not null)
        );

    [Theory]
    [InlineData("visitedOn", "survey.in-future")]
    [InlineData("visitedOn", "survey.before-acceptance")]
    [InlineData("phoneReason", "survey.phone-reason-missing")]
    [InlineData("place", "aid.field-missing")]
    [InlineData("people", "aid.field-missing")]
    [InlineData("housing", "aid.field-missing")]
    [InlineData("incomeCheck", "aid.field-missing")]
    [InlineData("observations", "aid.field-missing")]
    public void Record_Incomplete_IsRefused(string field, string code)
    {
        var form = code switch
        {
            "survey.in-future" => Form with { VisitedOn = Today.AddDays(1) },
            "survey.before-acceptance" => Form with { VisitedOn = Today.AddDays(-1) },
            "survey.phone-reason-missing" => Form with { Mode = SurveyMode.Phone },
            _ => field switch
            {
                "place" => Form with { Place = " " },
                "people" => Form with { People = "" },
                "housing" => Form with { Housing = "" },
                "incomeCheck" => Form with { IncomeCheck = "" },
                _ => Form with { Observations = "" },
            },
        };
        Surveying().Refused(code, a => a.RecordSurvey(Surveyor, form, Today, Now, Today), field);
    }

    [Fact]
    public void Record_ByPhone_WithItsReason_SeesNoHousing() =>
        Ok(
            Surveying()
                .RecordSurvey(
                    Surveyor,
                    Form with
                    {
                        Mode = SurveyMode.Phone,
                        PhoneReason = "住院。",
                        Housing = "",
                    },
                    Today,
                    Now,
                    Today
                )
        );

    [Fact]
    public void Record_ByAnybodyElse_IsRefused()
    {
        Surveying().Refused("survey.not-surveyor", a => a.RecordSurvey(Chair, Form, Today, Now, Today));
        Recorded().Refused("survey.not-surveyor", a => a.SignSurvey(Chair, Now));
        Recorded().Refused("survey.not-surveyor", a => a.ReturnSurvey(Chair, "不符。"));
        Surveying().Refused("survey.not-surveyor", a => a.Recuse(Chair, Relation.Lineal, "亲属。", Now));
    }

    [Fact]
    public void Sign_BeforeThereIsARecord_OrTwice_IsRefused()
    {
        Surveying().Refused("survey.not-recorded", a => a.SignSurvey(Surveyor, Now));
        Recorded().Refused("survey.signed-before", a => a.SignSurvey(Surveyor, Now), kind: RefusalKind.Conflict);
        Recorded().Refused("survey.recorded-before", a => a.RecordSurvey(Cosurveyor, Form, Today, Now, Today));
    }

    [Fact]
    public void Sign_OfThree_IsCompleteWithTheLast()
    {
        var aid = Accepted();
        Ok(aid.Appoint(By(Chair), [Surveyor, Cosurveyor, Investigator]));
        Ok(aid.RecordSurvey(Surveyor, Form, Today, Now, Today));
        Assert.False(Ok(aid.SignSurvey(Cosurveyor, Now)).Complete);
        Assert.Equal([Investigator], aid.Cosurveyors);
        Assert.True(Ok(aid.SignSurvey(Investigator, Now)).Complete);
    }

    [Fact]
    public void Return_TheRecord_IsWrittenAnewAndSignedAnew()
    {
        var aid = Recorded();
        aid.Refused("form.reason-missing", a => a.ReturnSurvey(Cosurveyor, null), "reason");
        Ok(aid.ReturnSurvey(Cosurveyor, "住房未核。"));
        Assert.Null(aid.Survey);
        Ok(aid.RecordSurvey(Cosurveyor, Form, Today, Now, Today));
        Assert.Equal([Surveyor], aid.Cosurveyors);
        Assert.True(Ok(aid.SignSurvey(Surveyor, Now)).Complete);
    }
}
