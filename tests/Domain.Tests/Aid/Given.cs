using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;

namespace EduUnion.Domain.Tests.Aid;

/// <summary>What the tests of aid begin with: the teacher of scenario 9, and an application in every state.</summary>
internal static partial class Given
{
    public static readonly Guid Applicant = Id(1);
    public static readonly Guid Chair = Id(2);
    public static readonly Guid Officer = Id(3);
    public static readonly Guid DistrictChair = Id(4);
    public static readonly Guid ViceChair = Id(5);
    public static readonly Guid Surveyor = Id(6);
    public static readonly Guid Cosurveyor = Id(7);
    public static readonly Guid Sister = Id(8);
    public static readonly Guid Investigator = Id(9);
    public static readonly Guid Coinvestigator = Id(10);
    public static readonly Guid Reporter = Id(11);
    public static readonly Guid Husband = Id(12);
    public static readonly Guid School = Id(21);
    public static readonly Guid OtherSchool = Id(22);
    public static readonly Guid FundId = Id(23);
    public static readonly CeilingReached Beyond = new("fund.ceiling-person", ["5,000.00", "4,000.00", "2,000.00"]);
    public static readonly Guid CaseId = Id(31);
    public static readonly Guid ObjectionId = Id(32);

    public static readonly DateOnly Today = new(2026, 11, 18);
    public static readonly DateOnly Through = new(2026, 11, 25);
    public static readonly DateOnly After = new(2026, 11, 26);
    public static readonly DateTimeOffset Now = new(2026, 11, 18, 9, 0, 0, TimeSpan.FromHours(8));

    public static readonly Money L1 = Money.Yuan(1_000);
    public static readonly Money L2 = Money.Yuan(5_000);

    /// <summary>As the Host stores it.</summary>
    public static readonly JsonSerializerOptions Stored = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
    };

    public static readonly string MyNumber = Number("32058119850412002");

    public static AidContent Content { get; } =
        AidContent.Empty with
        {
            Person = new AidPerson(
                "张小丽",
                MyNumber,
                MemberKind.Established,
                "幼儿园教师",
                "13800000000",
                Health.Serious,
                null,
                Marital.Married,
                Insurance.Employee,
                null,
                Housing.Owned,
                80
            ),
            Members =
            [
                new HouseholdMember(
                    "李强",
                    Kinship.Spouse,
                    Number("32058119840101003"),
                    Health.Good,
                    MemberStatus.Working,
                    "某厂",
                    Money.Yuan(36_000),
                    Husband
                ),
                new HouseholdMember("李小小", Kinship.Child, "", Health.Good, MemberStatus.Studying, null, Money.Zero),
            ],
            Incomes = [new Income(IncomeKind.Wage, Money.Yuan(60_000))],
            Spending = [new Spending(SpendingKind.Medical, Money.Yuan(61_200))],
            MainCause = Cause.OwnIllness,
            EventText = "手术住院",
            EventOn = new DateOnly(2026, 9, 3),
            Narrative = "本人患病，自付费用较大。",
            Diagnosis = "某病",
            Account = BankAccount.Of("某银行", "张小丽", "6222 0212 0000 1234567"),
            Requested = Money.Yuan(3_000),
            Exclusions = new Exclusions(false, false, false, null),
        };

    public static SurveyForm Form { get; } =
        new(
            Today,
            "某小区",
            SurveyMode.Home,
            null,
            "本人、邻居",
            "自有住房一套",
            "核对工资单与结算单",
            "情况属实",
            SurveyConclusion.Supports,
            null
        );

    public static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    /// <summary>17 digits and the check character, by ISO 7064 MOD 11-2 from its definition.</summary>
    public static string Number(string digits)
    {
        var sum = digits.Aggregate(0, (carry, c) => (carry + (c - '0')) * 2 % 11);
        var check = (12 - sum) % 11;
        return digits + (check == 10 ? "X" : check.ToString());
    }

    public static Actor By(Guid member, bool atDistrict = false) => new(member, Ties.None, AtDistrict: atDistrict);

    public static Actor ByDistrict(Guid member) => By(member, atDistrict: true);

    public static AssessmentResult Result(
        bool passed = true,
        long yuan = 3_000,
        AidCategory category = AidCategory.Rel,
        int line = 41
    ) => new(Id(40), Id(line), passed, category, Money.Yuan(yuan), 6, 6, passed ? 6 : 0, 0, 0, null, Today);

    public static T Ok<T>(Outcome<T> done)
    {
        Assert.True(
            done.IsOk,
            done.Refusal?.Code + string.Concat(done.Refusal?.Fields.Select(f => " " + f.Field) ?? [])
        );
        return done.Value;
    }

    /// <summary>Refused with this code at this field, and what it was asked of is what it was before, to the last letter.</summary>
    public static Refusal Refused<TOf, T>(
        this TOf aggregate,
        string code,
        Func<TOf, Outcome<T>> act,
        string? field = null,
        RefusalKind? kind = null
    )
    {
        var before = JsonSerializer.Serialize(aggregate, Stored);
        var done = act(aggregate);
        Assert.Equal(code, done.Refusal?.Code);
        Assert.Equal(field, done.Refusal?.Field);
        Assert.Equal(kind ?? done.Refusal!.Kind, done.Refusal!.Kind);
        Assert.Equal(before, JsonSerializer.Serialize(aggregate, Stored));
        return done.Refusal;
    }

    /// <summary>Not himself, not a relative, not a surveyor: 403.</summary>
    public static void Recused<TOf, T>(this TOf aggregate, Func<TOf, Outcome<T>> act) =>
        aggregate.Refused("aid.recused", act, kind: RefusalKind.Forbidden);
}
