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
            "motion.receive:check",
            "motion.check:propose",
            "motion.review:file",
            "motion.number:done"
        );
        Assign("A");
        Handle();
        Say("motion.delivered:feedback", "motion.feedback:rate", "motion.rated:content");
        Pledge();
        Say("motion.close:done", "motion.archive:archive", "motion.archived:done");

        Assert.Equal(EndStatus.Finished, _play.Ended!.Status);
        Assert.Empty(_play.Family.Instances);
        Assert.Empty(_play.Open);
        Assert.Empty(_play.Incidents);
    }

    [Fact]
    public void Motion_ReturnedThenDisputed_ComesToThePresidium()
    {
        _play.Start("motion");
        Say("motion.gather:submit", "motion.receive:check", "motion.check:propose", "motion.review:return");
        Say("motion.revise:resubmit", "motion.check:propose", "motion.review:return", "motion.revise:expired");
        Say("motion.check:propose", "motion.review:dispute", "motion.presidium:reject", "motion.reject:done");
        Say("motion.rejected:final");

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
            "motion.receive:check",
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
    public void Motion_DissatisfiedTwice_IsHandledAgainThenSettledAtATable()
    {
        _play.Start("motion");
        File();
        Assign("A");
        Handle();
        Say("motion.delivered:feedback", "motion.feedback:rate", "motion.rated:review", "motion.discontent:rehandle");
        _play.Answer(_play.Step("motion.rehandle"), Ids("done", "parts", "A2"));
        Handle();
        Say("motion.redelivered:done", "motion.feedback:rate", "motion.rated:meeting", "motion.dispute:minute");
        Pledge("P", "Q");
        Say("commitment.report:done", "commitment.verify:return", "commitment.report:done", "commitment.report:done");
        Say("commitment.verify:verify", "commitment.verify:explain", "motion.close:done");

        Assert.Equal(["motion.archive"], _play.OpenNames);
        Assert.Empty(_play.Incidents);
    }

    [Fact]
    public void Motion_Merged_FollowsUntilTheMainIsAnswered()
    {
        _play.Start("motion");
        Say("motion.gather:submit", "motion.receive:delegation", "motion.delegation:lapse", "motion.check:propose");
        Say("motion.review:merge", "motion.merge:done");
        Assert.Equal(["motion.follow"], _play.OpenNames);
        Say("motion.follow:delivered");

        Assert.Equal(["motion.feedback"], _play.OpenNames);
    }

    [Fact]
    public void Motion_TakenOutOfItsGroup_IsAssigned()
    {
        _play.Start("motion");
        Say("motion.gather:submit", "motion.receive:check", "motion.check:propose", "motion.review:merge");
        Say("motion.merge:done", "motion.follow:unmerged");

        Assert.Equal(["motion.assign"], _play.OpenNames);
    }

    [Theory]
    [InlineData("motion-withdrawal", "withdrawal.ask:offer", "withdrawal.takeover:takeover")]
    [InlineData(
        "motion-withdrawal",
        "withdrawal.ask:offer",
        "withdrawal.takeover:lapse",
        "withdrawal.consent:agree",
        "withdrawal.end:done"
    )]
    [InlineData("motion-withdrawal", "withdrawal.ask:consent", "withdrawal.consent:refuse", "withdrawal.refused:done")]
    [InlineData("motion-lead", "lead.find:offer", "lead.offer:accept")]
    [InlineData("motion-lead", "lead.find:offer", "lead.offer:decline", "lead.fallback:found")]
    [InlineData("motion-lead", "lead.find:fallback", "lead.fallback:none", "lead.name:name")]
    [InlineData("motion-appeal", "appeal.decide:reopen", "appeal.reopen:done")]
    [InlineData("motion-appeal", "appeal.decide:uphold", "appeal.uphold:done")]
    public void SideProcess_Ends(string definition, params string[] says)
    {
        _play.Start(definition);
        Say(says);

        Assert.Equal(EndStatus.Finished, _play.Ended!.Status);
        Assert.Empty(_play.Incidents);
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

    private void File() =>
        Say(
            "motion.gather:submit",
            "motion.receive:check",
            "motion.check:propose",
            "motion.review:file",
            "motion.number:done"
        );

    private void Pledge(params string[] items) =>
        _play.Answer(_play.Step("motion.pledges"), Ids("done", "items", items));

    private static StepResult Ids(string outcome, string name, params string[] ids) =>
        new(
            outcome,
            ImmutableDictionary.CreateRange([KeyValuePair.Create(name, JsonSerializer.SerializeToElement(ids))])
        );

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
