using EduUnion.Domain.Aid;
using static EduUnion.Domain.Tests.Aid.Given;

namespace EduUnion.Domain.Tests.Aid;

public sealed class AidContentTests
{
    [Fact]
    public void Scenario9_IsComplete() => Assert.Null(Content.Check(Completeness.Full, Today));

    [Fact]
    public void NothingAtAll_IsADraft() => Assert.Null(AidContent.Empty.Check(Completeness.Draft, Today));

    [Fact]
    public void EveryMissingField_IsNamed() =>
        Assert.Equal(
            [
                "account.account",
                "account.accountName",
                "account.bankName",
                "eventOn",
                "eventText",
                "exclusions.business",
                "exclusions.costlySchool",
                "exclusions.twoDwellings",
                "incomes",
                "mainCause",
                "narrative",
                "person.health",
                "person.identityNumber",
                "person.insurance",
                "person.marital",
                "person.name",
                "person.phone",
                "person.post",
                "person.status",
                "requested",
            ],
            Missing(AidContent.Empty, Completeness.Full)
        );

    [Fact]
    public void AnEmergency_AsksForTheUrgentOnly() =>
        Assert.Equal(
            [
                "account.account",
                "account.accountName",
                "account.bankName",
                "eventOn",
                "eventText",
                "mainCause",
                "person.identityNumber",
                "person.name",
                "requested",
            ],
            Missing(AidContent.Empty, Completeness.Urgent)
        );

    [Fact]
    public void AMembersMissingFields_AreNamedWithHisPlace() =>
        Assert.Equal(
            [
                "members[0].health",
                "members[0].identityNumber",
                "members[0].name",
                "members[0].status",
                "members[0].yearlyIncome",
            ],
            Missing(
                Content with
                {
                    Members = [new HouseholdMember("", Kinship.Spouse, "", null, null, null, null)],
                },
                Completeness.Full
            )
        );

    public static TheoryData<string, string, AidContent> Wrong =>
        new()
        {
            {
                "person.name",
                "aid.field-too-long",
                Content with
                {
                    Person = Content.Person with { Name = new('张', 41) },
                    Account = new("", "", ""),
                }
            },
            {
                "person.name",
                "text.control-characters",
                Content with
                {
                    Person = Content.Person with { Name = "张\u0007" },
                    Account = new("", "", ""),
                }
            },
            {
                "person.identityNumber",
                "aid.identity-malformed",
                Content with
                {
                    Person = Content.Person with { IdentityNumber = "1" },
                }
            },
            {
                "members[1].identityNumber",
                "aid.identity-twice",
                Content with
                {
                    Members = Content.Members.SetItem(1, Content.Members[1] with { IdentityNumber = MyNumber }),
                }
            },
            {
                "members",
                "aid.spouse-twice",
                Content with
                {
                    Members = Content.Members.Add(Content.Members[0] with { IdentityNumber = "" }),
                }
            },
            {
                "members",
                "aid.members-too-many",
                Content with
                {
                    Members = [.. Enumerable.Repeat(Content.Members[1], 21)],
                }
            },
            {
                "members[0].yearlyIncome",
                "aid.amount-invalid",
                Content with
                {
                    Members = [Content.Members[0] with { YearlyIncome = new Money(-1) }],
                }
            },
            {
                "incomes[0].yearly",
                "aid.amount-invalid",
                Content with
                {
                    Incomes = [new(IncomeKind.Wage, new Money(-1))],
                }
            },
            { "incomes", "aid.income-twice", Content with { Incomes = [.. Content.Incomes, .. Content.Incomes] } },
            {
                "spending",
                "aid.spending-twice",
                Content with
                {
                    Spending = [.. Content.Spending, .. Content.Spending],
                }
            },
            { "secondaryCauses", "aid.cause-twice", Content with { SecondaryCauses = [Cause.OwnIllness] } },
            {
                "secondaryCauses",
                "aid.causes-too-many",
                Content with
                {
                    SecondaryCauses = [Cause.Other, Cause.Accident, Cause.Disaster, Cause.Education],
                }
            },
            { "eventOn", "aid.event-in-future", Content with { EventOn = Today.AddDays(1) } },
            { "requested", "aid.amount-invalid", Content with { Requested = Money.Zero } },
            {
                "account.account",
                "aid.account-malformed",
                Content with
                {
                    Account = BankAccount.Of("某银行", "张小丽", "12"),
                }
            },
            {
                "account.accountName",
                "aid.account-not-own",
                Content with
                {
                    Account = BankAccount.Of("某银行", "李强", "62220212"),
                }
            },
            { "narrative", "aid.field-too-long", Content with { Narrative = new('因', 3001) } },
            {
                "proofs",
                "aid.proofs-too-many",
                Content with
                {
                    Proofs = [.. Enumerable.Range(0, 61).Select(i => new Proof(ProofKind.Other, Id(i)))],
                }
            },
        };

    // What is malformed is refused in a draft already, so that nobody is surprised on the last page.
    [Theory]
    [MemberData(nameof(Wrong))]
    public void WhatIsMalformed_IsRefusedInADraftToo(string field, string code, AidContent content)
    {
        var refusal = content.Check(Completeness.Draft, Today)!;
        Assert.Equal((field, code), (refusal.Field, refusal.Code));
    }

    [Fact]
    public void AnExclusionThatIsAnsweredYes_IsExplained()
    {
        var content = Content with { Exclusions = new(true, false, false, null) };
        Assert.Equal("aid.exclusion-unexplained", content.Check(Completeness.Full, Today)?.Code);
        Assert.Null(content.Check(Completeness.Draft, Today));
        content = content with { Exclusions = content.Exclusions with { Explanation = "老宅无法居住。" } };
        Assert.Null(content.Check(Completeness.Full, Today));
    }

    [Fact]
    public void ADiagnosis_IsNeededForAnIllnessOnly()
    {
        var content = Content with { Diagnosis = null };
        Assert.Equal("diagnosis", content.Check(Completeness.Full, Today)?.Field);
        Assert.Null((content with { MainCause = Cause.Education }).Check(Completeness.Full, Today));
    }

    [Fact]
    public void TheChecklist_FollowsTheCauses()
    {
        var content = Content with
        {
            SecondaryCauses = [Cause.Education, Cause.FamilyIllness],
            Proofs = [new Proof(ProofKind.FeeBill, Id(1)), new Proof(ProofKind.FeeBill, Id(2))],
        };
        var checklist = Proofs.Checklist(content, onBehalf: true);
        Assert.Equal(
            [
                ProofKind.Application,
                ProofKind.Identity,
                ProofKind.HouseholdRegister,
                ProofKind.Income,
                ProofKind.ConsentForm,
                ProofKind.Diagnosis,
                ProofKind.MedicalReceipts,
                ProofKind.Settlement,
                ProofKind.Enrolment,
                ProofKind.FeeBill,
            ],
            checklist.Select(p => p.Kind)
        );
        Assert.Equal([ProofKind.FeeBill], checklist.Where(p => !p.IsMissing).Select(p => p.Kind));
        Assert.Equal(4, Proofs.Checklist(AidContent.Empty, onBehalf: false).Length);
    }

    [Fact]
    public void EveryCause_HasItsGroup() =>
        Assert.Equal(
            Enum.GetValues<CauseGroup>().Order(),
            Enum.GetValues<Cause>().Select(c => c.Group()).Distinct().Order()
        );

    private static IEnumerable<string> Missing(AidContent content, Completeness completeness)
    {
        var refusal = content.Check(completeness, Today)!;
        Assert.All(refusal.Fields, f => Assert.Equal("aid.field-missing", f.Code));
        return refusal.Fields.Select(f => f.Field!).Order(StringComparer.Ordinal);
    }
}
