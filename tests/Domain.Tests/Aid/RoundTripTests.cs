using System.Text.Json;
using EduUnion.Domain.Aid;
using static EduUnion.Domain.Tests.Aid.Given;

namespace EduUnion.Domain.Tests.Aid;

// What is stored comes back the same, to the last letter, and goes on from there.
public sealed class RoundTripTests
{
    public static TheoryData<AidState> States => [.. Enum.GetValues<AidState>()];

    [Theory]
    [MemberData(nameof(States))]
    public void AnApplication_InEveryState(AidState state) => Same(In(state));

    [Fact]
    public void AnApplication_WithEverything()
    {
        var aid = Reviewed();
        Ok(aid.Publish(By(Chair), "某幼儿园", "0512-0000", Today, Through, false));
        Ok(aid.InterruptNotice(1, After, "停机。", Now));
        Ok(aid.Hold(ObjectionId));
        Same(aid);
        Same(PaidAtOnce());
        var bounced = Bounced();
        Ok(bounced.CorrectAccount(BankAccount.Of("某银行", "张小丽", "62220212"), Id(51), Applicant, Now));
        Same(bounced);
    }

    [Fact]
    public void Amounts_AreStoredInFen_AndEnumsByName()
    {
        var stored = JsonSerializer.Serialize(Approved(), Stored);
        Assert.Contains("\"amount\":{\"fen\":300000}", stored, StringComparison.Ordinal);
        Assert.Contains("\"state\":\"Approved\"", stored, StringComparison.Ordinal);
    }

    [Fact]
    public void AnApplicationThatComesBack_GoesOn()
    {
        var aid = Same(AtDistrict());
        Ok(aid.Approve(ByDistrict(Officer), null, Now));
        Assert.Null(Route(aid));
        Assert.Equal(Content.Person, aid.Content.Person);
        Assert.Equal(Money.Yuan(3_000), aid.Amount);
    }

    public static T Same<T>(T aggregate)
    {
        var stored = JsonSerializer.Serialize(aggregate, Stored);
        var back = JsonSerializer.Deserialize<T>(stored, Stored)!;
        Assert.Equal(stored, JsonSerializer.Serialize(back, Stored));
        return back;
    }
}
