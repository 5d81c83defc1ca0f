using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;
using EduUnion.Domain.Aid;
using static EduUnion.Domain.Tests.Aid.Given;

namespace EduUnion.Domain.Tests.Aid;

public sealed class AssessmentMeetingTests
{
    private static readonly Guid[] Committee = [.. Enumerable.Range(70, 7).Select(Id)];
    private static readonly Guid Head = Committee[0];
    private static readonly Guid LineId = Id(90);

    [Theory]
    [InlineData("move", MeetingState.Convened)]
    [InlineData("add", MeetingState.Convened, MeetingState.Open)]
    [InlineData("remove", MeetingState.Convened, MeetingState.Open)]
    [InlineData("begin", MeetingState.Convened)]
    [InlineData("attend", MeetingState.Open)]
    [InlineData("recuse", MeetingState.Convened, MeetingState.Open)]
    [InlineData("propose", MeetingState.Convened, MeetingState.Open)]
    [InlineData("name deputy", MeetingState.Convened, MeetingState.Open)]
    [InlineData("check", MeetingState.Convened, MeetingState.Open)]
    [InlineData("vote", MeetingState.Open)]
    [InlineData("close", MeetingState.Open)]
    [InlineData("cancel", MeetingState.Convened, MeetingState.Open)]
    public void Act_IsPossibleOnlyIn(string act, params MeetingState[] allowed) =>
        Assert.Equal(allowed, Enum.GetValues<MeetingState>().Where(s => IsPossible(act, s)));

    private static bool IsPossible(string act, MeetingState state)
    {
        var meeting = In(state);
        var before = JsonSerializer.Serialize(meeting, Stored);
        var possible = act switch
        {
            "move" => meeting.Move(Head, Now.AddDays(1), "二楼").IsOk,
            "add" => meeting.Add(new AssessmentLine(Id(91), Id(92), Id(93), "BF-2", null)).IsOk,
            "remove" => meeting.Remove(CaseId).IsOk,
            "begin" => meeting.Begin(Head, Committee).IsOk,
            "attend" => meeting.Attend(Head, Committee[..6]).IsOk,
            "recuse" => meeting.Recuse(LineId, Committee[3], Relation.Lineal, "亲属。").IsOk,
            "propose" => meeting.Propose(LineId, Head, AidCategory.Rel, Money.Yuan(800), null).IsOk,
            "name deputy" => meeting.NameDeputy(Committee[1], Committee[2]).IsOk,
            "check" => meeting.Check(new Dictionary<Guid, ImmutableArray<LineRecusal>>()).IsOk,
            "vote" => meeting.Vote(LineId, Committee[1], Ballot.Yes, Committee[1], Now).IsOk,
            "close" => meeting.Close(Head, "会议纪要。", Now, Today).IsOk,
            _ => meeting.Cancel(Head, "改期。").IsOk,
        };
        Assert.Equal(possible, before != JsonSerializer.Serialize(meeting, Stored));
        return possible;
    }

    // Relations that are declared, or end, after the meeting was called.
    [Fact]
    public void Check_RecusesWhoIsTooNearNow_StrikesHisBallot_AndKeepsWhatWasDeclared()
    {
        var meeting = In(MeetingState.Open);
        Ok(meeting.Recuse(LineId, Committee[3], Relation.Lineal, "亲属。"));
        Ok(meeting.Vote(LineId, Committee[1], Ballot.Yes, Committee[1], Now));
        var near = new LineRecusal(Committee[1], RecusalGround.Relation);
        Assert.Equal([CaseId], Ok(meeting.Check(Waiting(near))).Changed);
        Assert.Equal([Committee[1], Committee[3]], meeting.Line(LineId).Recusals.Select(r => r.MemberId));
        Assert.Empty(meeting.Line(LineId).Ballots);
        meeting.Refused(
            "aid.recused",
            m => m.Vote(LineId, Committee[1], Ballot.Yes, Committee[1], Now),
            kind: RefusalKind.Forbidden
        );
        Ok(meeting.Check(Waiting()));
        Assert.Equal([Committee[3]], meeting.Line(LineId).Recusals.Select(r => r.MemberId));
    }

    private static Dictionary<Guid, ImmutableArray<LineRecusal>> Waiting(params ImmutableArray<LineRecusal> near) =>
        new() { [CaseId] = near };

    [Fact]
    public void NameDeputy_ByMoreThanHalf_LeadsInTheChairsPlace()
    {
        var meeting = In(MeetingState.Convened);
        meeting.Refused("assessment.deputy-unknown", m => m.NameDeputy(Committee[1], Head), "deputy");
        meeting.Refused("assessment.not-member", m => m.NameDeputy(Head, Committee[1]), kind: RefusalKind.Forbidden);
        // Six beside the chair: three are not more than half of them.
        foreach (var member in Committee[1..4])
            Assert.False(Ok(meeting.NameDeputy(member, Committee[6])).Presides);
        Assert.False(Ok(meeting.NameDeputy(Committee[3], Committee[6])).Presides);
        meeting.Refused(
            "assessment.not-chair",
            m => m.Begin(Committee[6], Committee[1..]),
            kind: RefusalKind.Forbidden
        );
        Assert.True(Ok(meeting.NameDeputy(Committee[4], Committee[6])).Presides);
        Ok(meeting.Begin(Committee[6], Committee[1..]));
        Assert.Equal(Committee[6], meeting.LeaderId);
    }

    // Scenario 9: six to nil.
    [Fact]
    public void Close_SixToNil_IsPassedAndTellsTheCase()
    {
        var meeting = Open(6, members: 6);
        foreach (var member in Committee[..6])
            Ok(meeting.Vote(LineId, member, Ballot.Yes, member, Now));
        var closed = Ok(meeting.Close(Head, "会议纪要。", Now, Today));
        var result = Assert.Single(closed.Results);
        Assert.Equal(
            new AssessmentResult(
                meeting.Id,
                LineId,
                true,
                AidCategory.Rel,
                Money.Yuan(3_000),
                6,
                6,
                6,
                0,
                0,
                null,
                Today
            ),
            result
        );
        Assert.Empty(closed.Undecided);
        var aid = Surveyed();
        Ok(aid.Assess(result, Now));
        Assert.Equal(AidState.Reviewed, aid.State);
    }

    // members, recused, present (recused ones among the absent), yes, no, abstained -> decided, passed
    [Theory]
    [InlineData(6, 0, 4, 3, 1, 0, true, true)]
    [InlineData(6, 0, 4, 2, 2, 0, true, false)]
    [InlineData(6, 0, 4, 2, 0, 2, true, false)]
    [InlineData(6, 0, 4, 2, 0, 0, true, false)]
    [InlineData(6, 0, 3, 3, 0, 0, false, false)]
    [InlineData(7, 0, 5, 3, 2, 0, true, true)]
    [InlineData(7, 0, 4, 4, 0, 0, false, false)]
    [InlineData(7, 1, 4, 3, 0, 0, true, true)]
    [InlineData(7, 2, 4, 3, 0, 0, true, true)]
    [InlineData(7, 2, 3, 3, 0, 0, false, false)]
    [InlineData(7, 4, 2, 2, 0, 0, true, true)]
    [InlineData(7, 4, 1, 1, 0, 0, false, false)]
    [InlineData(5, 0, 5, 0, 5, 0, true, false)]
    [InlineData(5, 0, 5, 0, 0, 0, false, false)]
    public void QuorumAndMajority_AreCountedWithoutTheRecused(
        int members,
        int recused,
        int present,
        int yes,
        int no,
        int abstained,
        bool decided,
        bool passed
    )
    {
        var meeting = Convened(members);
        foreach (var member in Committee[..members][^recused..])
            Ok(meeting.Recuse(LineId, member, Relation.InLaw, "姻亲。"));
        // The recused come too: they are not counted.
        Ok(meeting.Begin(Head, [.. Committee[..present], .. Committee[..members][^recused..]]));
        Ok(meeting.Propose(LineId, Head, AidCategory.Rel, Money.Yuan(3_000), null));
        Ballot[] ballots =
        [
            .. Enumerable.Repeat(Ballot.Yes, yes),
            .. Enumerable.Repeat(Ballot.No, no),
            .. Enumerable.Repeat(Ballot.Abstain, abstained),
        ];
        for (var i = 0; i < ballots.Length; i++)
            Ok(meeting.Vote(LineId, Committee[i], ballots[i], Committee[i], Now));
        var closed = Ok(meeting.Close(Head, "会议纪要。", Now, Today));
        Assert.Equal(decided, closed.Results.Length == 1);
        Assert.Equal(decided ? [] : [CaseId], closed.Undecided);
        if (decided)
            Assert.Equal(
                (passed, members - recused, present),
                closed.Results.Select(r => (r.Passed, r.Eligible, r.Present)).Single()
            );
    }

    [Fact]
    public void TheRecused_NeitherSeeNorVote()
    {
        var meeting = Open(7);
        Ok(meeting.Recuse(LineId, Committee[1], Relation.Spouse, "配偶。"));
        Assert.Empty(meeting.VisibleTo(Committee[1]));
        Assert.Single(meeting.VisibleTo(Committee[2]));
        Assert.Empty(meeting.VisibleTo(Surveyor));
        meeting.Recused(m => m.Vote(LineId, Committee[1], Ballot.Yes, Committee[1], Now));
        meeting.Recused(m => m.Vote(LineId, Committee[1], Ballot.Yes, Head, Now));
    }

    [Fact]
    public void TheApplicant_IsRecusedFromHisOwnLineWithoutAWord()
    {
        var meeting = Convened(7);
        Ok(meeting.Add(new AssessmentLine(Id(91), Id(92), Committee[1], "BF-2", null)));
        Assert.Equal([LineId], meeting.VisibleTo(Committee[1]).Select(l => l.Id));
        Assert.Equal(6, meeting.Line(Id(91)).Eligible(Committee));
    }

    [Fact]
    public void ALineOfAnApplication_RecusesItsRelatives()
    {
        var aid = Surveyed();
        var line = AssessmentLine.Of(
            LineId,
            aid,
            AidCategory.Rel,
            [Surveyor, Applicant, Husband, Sister, Chair],
            Ties.To(Sister)
        );
        Assert.Equal(
            [(Applicant, RecusalGround.Self), (Husband, RecusalGround.Household), (Sister, RecusalGround.Relation)],
            line.Recusals.Select(r => (r.MemberId, r.Ground))
        );
        Assert.Equal(Money.Yuan(3_000), line.Requested);
    }

    [Fact]
    public void Recuse_AfterVoting_StrikesTheBallot()
    {
        var meeting = Open(7);
        Ok(meeting.Vote(LineId, Committee[1], Ballot.Yes, Committee[1], Now));
        Ok(meeting.Recuse(LineId, Committee[1], Relation.DirectInterest, "借款关系。"));
        Assert.Empty(meeting.Line(LineId).Ballots);
    }

    [Fact]
    public void Propose_IsTheChairs_OrOfWhoeverIsThereWhenTheChairIsRecused()
    {
        var meeting = Open(7);
        meeting.Refused("assessment.not-chair", m => Propose(m, Committee[1]), kind: RefusalKind.Forbidden);
        Ok(meeting.Recuse(LineId, Head, Relation.Lineal, "亲属。"));
        meeting.Recused(m => Propose(m, Head));
        Ok(Propose(meeting, Committee[1]));
        meeting.Refused("assessment.not-chair", m => Propose(m, Surveyor), kind: RefusalKind.Forbidden);
    }

    [Fact]
    public void Propose_DepartingFromTheSuggestion_NeedsAReason()
    {
        var meeting = Open(7);
        meeting.Refused("aid.departure-reason-missing", m => Propose(m, Head, AidCategory.Deep), "reason");
        meeting.Refused("aid.amount-invalid", m => Propose(m, Head, yuan: 0), "amount");
        Ok(Propose(meeting, Head, AidCategory.Deep, reason: "后续治疗费用大。"));
    }

    [Fact]
    public void Propose_AfterTheFirstBallot_IsRefused()
    {
        var meeting = Open(7);
        Ok(meeting.Vote(LineId, Committee[1], Ballot.No, Committee[1], Now));
        meeting.Refused("assessment.voting-begun", m => Propose(m, Head), kind: RefusalKind.Conflict);
    }

    [Fact]
    public void Vote_ByHimselfOrFromPaperByTheChair_AndOnce()
    {
        var meeting = Open(5, members: 7);
        Assert.False(Ok(meeting.Vote(LineId, Committee[1], Ballot.Yes, Committee[1], Now)).FromPaper);
        Assert.True(Ok(meeting.Vote(LineId, Committee[2], Ballot.Abstain, Head, Now)).FromPaper);
        meeting.Refused("assessment.voted-before", m => m.Vote(LineId, Committee[2], Ballot.No, Committee[2], Now));
        meeting.Refused("assessment.not-chair", m => m.Vote(LineId, Committee[3], Ballot.No, Committee[1], Now));
        meeting.Refused("assessment.not-present", m => m.Vote(LineId, Committee[6], Ballot.No, Committee[6], Now));
        meeting.Refused("assessment.line-unknown", m => m.Vote(Id(99), Committee[1], Ballot.No, Committee[1], Now));
        meeting.Refused("assessment.voted-before", m => m.Attend(Head, [Head, Committee[1]]), "attendees");
    }

    [Fact]
    public void Vote_BeforeThereIsAProposal_IsRefused()
    {
        var meeting = Convened(7);
        Ok(meeting.Begin(Head, Committee));
        meeting.Refused("assessment.not-proposed", m => m.Vote(LineId, Committee[1], Ballot.Yes, Committee[1], Now));
    }

    [Fact]
    public void Convene_TooFew_OrWithoutTheChair_IsRefused()
    {
        Assert.Equal("assessment.committee-too-small", Convene(Committee[..4]).Refusal?.Code);
        Assert.Equal("assessment.committee-too-small", Convene([Head, Head, .. Committee[1..4]]).Refusal?.Code);
        Assert.Equal("assessment.chair-not-member", Convene(Committee[1..]).Refusal?.Code);
    }

    [Fact]
    public void Begin_WithStrangersOrWithoutLines_IsRefused()
    {
        Convened(7).Refused("assessment.attendee-unknown", m => m.Begin(Head, [Surveyor]), "attendees");
        Convened(7).Refused("assessment.not-chair", m => m.Begin(Committee[1], Committee));
        Ok(Convene(Committee)).Meeting.Refused("assessment.no-lines", m => m.Begin(Head, Committee));
    }

    [Fact]
    public void Add_ACaseTwice_IsRefused() =>
        Convened(7)
            .Refused("assessment.line-twice", m => m.Add(new AssessmentLine(Id(91), CaseId, Applicant, "", null)));

    [Fact]
    public void Close_WithoutMinutes_IsRefused() =>
        Open(7).Refused("aid.field-missing", m => m.Close(Head, " ", Now, Today), "minutes");

    [Fact]
    public void RoundTrip()
    {
        foreach (var state in Enum.GetValues<MeetingState>())
            RoundTripTests.Same(In(state));
    }

    // However many are recused, come and vote: what passes has quorum and more than half of those present, and nobody
    // recused is in any number.
    [Fact]
    public void WhatPasses_HasQuorumAndMajority_WithoutTheRecused() =>
        Gen.Select(Gen.Int[0, 2].Array[7], Gen.Bool.Array[7], Gen.Bool.Array[7])
            .Sample(
                (ballots, there, recused) =>
                {
                    var meeting = Convened(7);
                    for (var i = 1; i < 7; i++)
                        if (recused[i])
                            Ok(meeting.Recuse(LineId, Committee[i], Relation.InLaw, "姻亲。"));
                    Ok(meeting.Begin(Head, [Head, .. Committee[1..].Where((_, i) => there[i + 1])]));
                    Ok(Propose(meeting, Head));
                    for (var i = 0; i < 7; i++)
                        meeting.Vote(LineId, Committee[i], (Ballot)ballots[i], Committee[i], Now);
                    var closed = Ok(meeting.Close(Head, "会议纪要。", Now, Today));
                    var (eligible, present, yes) = (0, 0, 0);
                    for (var i = 0; i < 7; i++)
                    {
                        if (i > 0 && recused[i])
                            continue;
                        eligible++;
                        if (i > 0 && !there[i])
                            continue;
                        present++;
                        yes += ballots[i] == 0 ? 1 : 0;
                    }
                    return closed.Results.Length == 0
                        ? present < 2 / 3.0 * eligible - 1e-9
                        : present >= 2 / 3.0 * eligible - 1e-9
                            && closed.Results[0].Passed == yes > present / 2.0
                            && closed.Results[0].Yes == yes;
                }
            );

    private static Outcome<LineProposed> Propose(
        AssessmentMeeting meeting,
        Guid by,
        AidCategory category = AidCategory.Rel,
        long yuan = 3_000,
        string? reason = null
    ) => meeting.Propose(LineId, by, category, Money.Yuan(yuan), reason);

    private static Outcome<(AssessmentMeeting Meeting, MeetingConvened Event)> Convene(Guid[] members) =>
        AssessmentMeeting.Convene(Id(40), School, Head, members, 5, Now, "会议室");

    private static AssessmentMeeting Convened(int members)
    {
        var meeting = Ok(Convene(Committee[..members])).Meeting;
        Ok(meeting.Add(new AssessmentLine(LineId, CaseId, Applicant, "BF-YXZX-2026-0001", AidCategory.Rel)));
        return meeting;
    }

    private static AssessmentMeeting Open(int present, int members = 7)
    {
        var meeting = Convened(members);
        Ok(meeting.Begin(Head, Committee[..present]));
        Ok(Propose(meeting, Head));
        return meeting;
    }

    private static AssessmentMeeting In(MeetingState state)
    {
        var meeting = state == MeetingState.Convened ? Convened(7) : Open(7);
        if (state == MeetingState.Closed)
        {
            Ok(meeting.Vote(LineId, Committee[1], Ballot.Yes, Committee[1], Now));
            Ok(meeting.Close(Head, "会议纪要。", Now, Today));
        }
        if (state == MeetingState.Cancelled)
            Ok(meeting.Cancel(Head, "改期。"));
        Assert.Equal(state, meeting.State);
        return meeting;
    }
}
