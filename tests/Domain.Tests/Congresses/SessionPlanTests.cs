using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;

namespace EduUnion.Domain.Tests.Congresses;

public sealed class SessionPlanTests
{
    private static readonly DateOnly Opens = new(2026, 3, 25);
    private static readonly CongressTerm Term = new()
    {
        Id = default,
        SchoolId = default,
        Number = 3,
        From = new(2025, 1, 1),
        Until = new(2027, 12, 31),
    };

    [Fact]
    public void Check_AsTheParametersPropose_IsFine() => Assert.Null(Check(Plan()));

    [Theory]
    [InlineData(0, -1, -30, -15, "session.closes-before-opening", "closesOn")]
    [InlineData(900, 0, -30, -15, "session.outside-term", "opensOn")]
    [InlineData(0, 0, -15, -30, "session.window-reversed", "collectionClosesOn")]
    [InlineData(0, 0, -30, 1, "session.window-after-opening", "collectionClosesOn")]
    [InlineData(0, 0, -30, 0, "session.window-after-opening", "collectionClosesOn")]
    public void Check_Nonsense(int opens, int lasts, int from, int until, string code, string field)
    {
        var refusal = Check(Plan(opens, lasts, from, until))!;

        Assert.Equal((code, field), (refusal.Code, refusal.Field));
    }

    [Theory]
    [InlineData(0, "session.overlap")]
    [InlineData(1, "session.window-overlap")]
    [InlineData(16, null)]
    public void Check_BesideAnotherSession(int later, string? code) =>
        Assert.Equal(
            code,
            Check(Plan(later), others: [Session(Plan())])?.Code.Replace("form.invalid", "session.overlap")
        );

    [Fact]
    public void Check_AClosedWindow_StaysAsItWas()
    {
        var session = Session(Plan());
        var after = ChinaTime.At(Opens.AddDays(-10), new(9, 0));

        Assert.Equal("session.window-closed", Check(Plan(until: -5), session, after)?.Code);
        Assert.Null(Check(Plan() with { ClosesOn = Opens.AddDays(1) }, session, after));
        Assert.Equal(
            "session.window-after-opening",
            Check(Plan() with { OpensOn = Opens.AddDays(-16), ClosesOn = Opens }, session, after)?.Code
        );
    }

    [Fact]
    public void Check_ARunningWindow_MovesItsEndOnlyAndNotIntoThePast()
    {
        var session = Session(Plan());
        var during = ChinaTime.At(Opens.AddDays(-20), new(9, 0));

        Assert.Null(Check(Plan(until: -12), session, during));
        Assert.Null(Check(Plan(until: -19), session, during));
        Assert.Equal("session.window-past", Check(Plan(until: -21), session, during)?.Code);
        Assert.Equal("session.window-opened", Check(Plan(from: -29), session, during)?.Code);
    }

    private static Refusal? Check(
        SessionPlan plan,
        CongressSession? before = null,
        DateTimeOffset? now = null,
        CongressSession[]? others = null
    ) =>
        plan.Check(
            Term,
            others ?? [],
            before,
            ChinaTime.At(plan.OpensOn, TimeOnly.MinValue),
            now ?? ChinaTime.At(new(2026, 1, 5), new(9, 0))
        );

    private static SessionPlan Plan(int opens = 0, int lasts = 0, int from = -30, int until = -15)
    {
        var on = Opens.AddDays(opens);
        return new(
            on,
            on.AddDays(lasts),
            ChinaTime.At(on.AddDays(from), new(8, 0)),
            ChinaTime.At(on.AddDays(until), new(17, 0))
        );
    }

    private static CongressSession Session(SessionPlan plan) =>
        new()
        {
            Id = default,
            TermId = default,
            SchoolId = default,
            TermNumber = 3,
            Number = 2,
            OpensOn = plan.OpensOn,
            CollectionOpensAt = plan.CollectionOpensAt,
            CollectionClosesAt = plan.CollectionClosesAt,
        };
}
