using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;
using EduUnion.Workflows.Tests.Engine;

namespace EduUnion.Workflows.Tests.Definitions;

/// <summary>Whole lives of the shipped processes.</summary>
public class ShippedTests
{
    private readonly Play _play = new(DefinitionSet.Shipped);

    [Fact]
    public void Motion_FiledAndAnswered_Ends()
    {
        _play.Start("motion");
        Say(
            "motion.gather:submit",
            "motion.receive:done",
            "motion.check:propose",
            "motion.review:file",
            "motion.number:done"
        );
        Assign("A");
        Handle();
        Say("motion.delivered:done");

        Assert.Equal(EndStatus.Finished, _play.Ended!.Status);
        Assert.Empty(_play.Family.Instances);
        Assert.Empty(_play.Open);
        Assert.Empty(_play.Incidents);
    }

    [Fact]
    public void Motion_ReturnedThenDisputed_ComesToThePresidium()
    {
        _play.Start("motion");
        Say("motion.gather:submit", "motion.receive:done", "motion.check:propose", "motion.review:return");
        Say("motion.revise:resubmit", "motion.check:propose", "motion.review:return", "motion.revise:expired");
        Say("motion.check:propose", "motion.review:dispute", "motion.presidium:reject", "motion.reject:done");

        Assert.Equal(EndStatus.Finished, _play.Ended!.Status);
        Assert.Empty(_play.Incidents);
    }

    [Fact]
    public void Motion_LapsedThenOpinion_IsAssigned()
    {
        _play.Start("motion");
        Say("motion.gather:lapse", "motion.lapsed:opinion", "motion.opinion:done");

        Assert.Equal(["motion.assign"], _play.OpenNames);
    }

    [Theory]
    [InlineData("motion.gather:abandon", "motion.abandon:done")]
    [InlineData("motion.gather:lapse", "motion.lapsed:abandon", "motion.abandon:done")]
    public void Motion_Abandoned_Ends(params string[] says)
    {
        _play.Start("motion");
        Say(says);

        Assert.Equal(EndStatus.Finished, _play.Ended!.Status);
    }

    [Fact]
    public void Motion_TwoHosts_EachHasItsOwnHandling_AndTheMotionWaitsForBoth()
    {
        _play.Start("motion");
        Say(
            "motion.gather:submit",
            "motion.receive:done",
            "motion.check:propose",
            "motion.review:opinion",
            "motion.opinion:done"
        );
        Assign("A", "B");

        Assert.Equal(["A", "B"], _play.Open.Select(o => o.Input["Part"].GetString()!));
        Handle();
        Assert.DoesNotContain("motion.delivered", _play.OpenNames);
        Handle();
        Assert.Equal(["motion.delivered"], _play.OpenNames);
        Assert.Equal(["A", "B"], _play.All.OfType<Effect.Ended>().Select(e => e.Outputs["Part"].GetString()!));
    }

    [Fact]
    public void Handling_NotOursTwice_IsReassignedThenRuled()
    {
        _play.Start("motion-handling", ("Part", "A"));
        Say("handling.accept:notOurs", "handling.returned:reassign", "handling.reassign:reassign");
        Say("handling.accept:notOurs", "handling.returned:ruling", "handling.ruling:rule", "handling.accept:accept");

        Assert.Equal(["handling.meeting", "handling.opinion"], _play.OpenNames);
    }

    [Theory]
    [InlineData("handling.sign:return")]
    [InlineData("handling.sign:sign", "handling.leader:return")]
    [InlineData("handling.sign:sign", "handling.leader:agree", "handling.formcheck:return")]
    public void Handling_DraftReturned_IsDraftedAgain(params string[] says)
    {
        _play.Start("motion-handling", ("Part", "A"));
        Say("handling.accept:accept", "handling.opinion:submit", "handling.meeting:record", "handling.draft:submit");
        Say(says);

        Assert.Equal(["handling.draft"], _play.OpenNames);
    }

    [Theory]
    [InlineData("extension.decide:grant", "extension.grant:done")]
    [InlineData("extension.decide:refuse", "extension.refuse:done")]
    public void Extension_Ends(params string[] says)
    {
        _play.Start("motion-extension", ("Part", "A"));
        Say(says);

        Assert.Equal(EndStatus.Finished, _play.Ended!.Status);
    }

    private void Say(params string[] says)
    {
        foreach (var say in says.Select(s => s.Split(':')))
            _play.Answer(say[0], say[1]);
    }

    private void Assign(params string[] parts) =>
        _play.Answer(
            _play.Step("motion.assign"),
            new StepResult(
                "assign",
                new Dictionary<string, JsonElement>
                {
                    ["parts"] = JsonSerializer.SerializeToElement(parts),
                }.ToImmutableDictionary()
            )
        );

    private void Handle() =>
        Say(
            "handling.accept:accept",
            "handling.meeting:record",
            "handling.opinion:submit",
            "handling.draft:submit",
            "handling.sign:sign",
            "handling.leader:agree",
            "handling.formcheck:deliver",
            "handling.deliver:done"
        );
}
