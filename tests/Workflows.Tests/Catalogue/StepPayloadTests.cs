using System.Text.Json;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Tests.Catalogue;

public class StepPayloadTests
{
    [Fact]
    public void Read_TakesEverything()
    {
        var payload = Read(
            """
            { "who":      { "office": "MotionCommittee", "of": "session" },
              "outcomes": ["file", "reject"],
              "policy":   { "kind": "vote", "pass": "1/2", "over": "total", "strict": true, "quorum": "2/3" },
              "clock":    { "name": "review", "span": "step", "onExpiry": { "outcome": "reject" } },
              "allow":    ["transfer", "delegate", "addSigners", "return"],
              "copy":     [{ "role": "proposer" }],
              "starts":   "answer" }
            """
        );

        Assert.Equal(new Who(null, null, "MotionCommittee", "session", null), payload.Who);
        Assert.Equal(["file", "reject"], payload.Outcomes);
        Assert.Equal(new Policy("vote", new Fraction(1, 2), "total", true, new Fraction(2, 3), false), payload.Policy);
        Assert.Equal(new ClockSpec("review", "step", "outcome", "reject"), payload.Clock);
        Assert.Equal(4, payload.Allow.Length);
        Assert.Equal(["proposer"], payload.CopyRoles);
        Assert.Equal(("answer", null), (payload.Starts, payload.Stops));
    }

    [Fact]
    public void Read_WithoutPolicy_MeansOne() => Assert.Equal(Policy.One, Read("""{"outcomes":["done"]}""").Policy);

    [Fact]
    public void Read_OfWhatWasNotChecked_Throws() => Assert.Throws<InvalidDataException>(() => Read("{}"));

    [Theory]
    [InlineData("1/0")]
    [InlineData("3/2")]
    [InlineData("half")]
    [InlineData("-1/2")]
    public void Fraction_RefusesWhatIsNone(string text) => Assert.Null(Fraction.Parse(text));

    [Fact]
    public void Read_TakesTheWordsOfAnOffice()
    {
        var payload = Read(
            """
            { "outcomes": ["sign", "return"],
              "clock": { "name": "sign", "span": "step", "onExpiry": { "reassign": { "office": "SchoolLeader", "of": "leader" } } },
              "once": true }
            """
        );

        Assert.True(payload.Once);
        Assert.Equal(("reassign", null), (payload.Clock!.OnExpiry, payload.Clock.ExpiryOutcome));
        Assert.Equal(new Who(null, null, "SchoolLeader", "leader", null), payload.Clock.Reassign);
        var vote = Read(
            """
            { "outcomes": ["file"],
              "policy": { "kind": "vote", "pass": "1/2", "over": "total", "weights": { "MotionCommitteeChair": 3 } } }
            """
        );
        Assert.Equal(3, Assert.Single(vote.Policy.Weights).Value);
        Assert.False(vote.Once);
    }

    [Theory]
    [InlineData("""{"outcomes":["a"],"once":"yes"}""", "/once")]
    [InlineData("""{"outcomes":["a"],"once":true,"policy":{"kind":"all"}}""", "/once")]
    [InlineData("""{"outcomes":["a"],"policy":{"kind":"all","weights":{"Finance":2}}}""", "/policy")]
    [InlineData(
        """{"outcomes":["a"],"policy":{"kind":"vote","pass":"1","over":"total","weights":{"Pope":2}}}""",
        "/policy/weights/Pope"
    )]
    [InlineData(
        """{"outcomes":["a"],"policy":{"kind":"vote","pass":"1","over":"total","weights":{"Finance":0}}}""",
        "/policy/weights/Finance"
    )]
    [InlineData(
        """{"outcomes":["a"],"clock":{"name":"sign","span":"step","onExpiry":{"reassign":{"role":"proposer"}}}}""",
        "/clock/onExpiry/reassign"
    )]
    [InlineData(
        """{"outcomes":["a"],"policy":{"kind":"any"},"clock":{"name":"sign","span":"step","onExpiry":{"reassign":{"office":"Finance","of":"district"}}}}""",
        "/clock/onExpiry"
    )]
    [InlineData("""{"outcomes":["a"],"allow":["sell"]}""", "/allow")]
    public void Read_SaysWhatDoesNotGoTogether(string json, string path)
    {
        var problems = new List<PayloadProblem>();

        StepPayload.Read(JsonElement.Parse(json), problems);

        Assert.Contains(problems, p => p.Path == path);
    }

    [Fact]
    public void Shipped_EveryPayloadReads() =>
        Assert.All(
            DefinitionSet.Shipped.All.SelectMany(d => d.Activities.Values).Where(a => a.Type == ActivityTypes.RunTask),
            a => Assert.NotEmpty(StepPayload.Read(a.Static("payload")!.Value).Outcomes)
        );

    private static StepPayload Read(string json) => StepPayload.Read(JsonElement.Parse(json));
}
