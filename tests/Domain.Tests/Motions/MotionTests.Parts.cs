using System.Collections.Immutable;
using EduUnion.Domain.Motions;
using static EduUnion.Domain.Tests.Motions.Given;

namespace EduUnion.Domain.Tests.Motions;

// 交办、签收、退回改派 (domain §2.6).
public partial class MotionTests
{
    [Fact]
    public void Assign_TwoHosts_MakesTwoParts()
    {
        var motion = Filed();

        Ok(motion.Assign([Part(21, Logistics, Personnel), Part(22, Teaching)]));

        Assert.Equal(MotionState.Assigned, motion.State);
        Assert.Equal([Logistics, Teaching], motion.Parts.Select(p => p.HostId));
    }

    [Fact]
    public void Assign_Nobody_IsRefused() => Filed().Refused("motion.host-missing", m => m.Assign([]), "parts");

    [Fact]
    public void Assign_SameHostTwice_IsRefused() =>
        Filed().Refused("motion.host-twice", m => m.Assign([Part(21, Logistics), Part(22, Logistics)]), "parts");

    [Fact]
    public void Assign_HostAsItsOwnCohandler_IsRefused() =>
        Filed().Refused("motion.host-is-cohandler", m => m.Assign([Part(21, Logistics, Logistics)]), "parts");

    [Fact]
    public void Assign_UnderReview_IsRefused() =>
        UnderReview().Refused("motion.wrong-state", m => m.Assign([Part(21, Logistics)]));

    [Fact]
    public void Accept_ByTheHost_BeginsTheHandling()
    {
        var motion = Accepted();

        Assert.Equal(MotionState.Handling, motion.State);
        Assert.Equal((HandlingState.Handling, Clerk), (motion.Part(PartId).State, motion.Part(PartId).ContactId));
    }

    [Fact]
    public void Accept_Twice_IsRefused() =>
        Accepted().Refused("handling.wrong-state", m => m.Accept(PartId, Clerk, Now));

    [Fact]
    public void Part_Unknown_IsABugOfTheCaller() =>
        Assert.Throws<InvalidOperationException>(() => Filed().Part(PartId));

    [Fact]
    public void Return_WithinThePeriod_WaitsForANewHost()
    {
        var part = TransferRequested().Part(PartId);

        Assert.Equal(HandlingState.TransferRequested, part.State);
        Assert.Equal((Logistics, "不属于本部门。"), (part.Returns.Single().HostId, part.Returns.Single().Reason));
    }

    [Fact]
    public void Return_WithoutReason_IsRefused() =>
        Assigned().Refused("form.reason-missing", m => m.Return(PartId, Clerk, " ", 2, Today, Now, Today), "comment");

    [Fact]
    public void Return_AfterThePeriod_IsRefused()
    {
        var motion = Assigned();

        Assert.False(motion.MayReturn(PartId, 2, Today, Today.AddDays(1)));
        motion.Refused("handling.return-too-late", m => m.Return(PartId, Clerk, "否", 2, Today, Now, Today.AddDays(1)));
    }

    [Fact]
    public void Return_AfterAcceptance_IsRefused() =>
        Accepted().Refused("handling.wrong-state", m => m.Return(PartId, Clerk, "否", 2, Today, Now, Today));

    [Fact]
    public void Return_AThirdTime_IsRefused()
    {
        var motion = TransferRequested();
        Ok(motion.Reassign(PartId, Teaching, [], ruling: false, Now));
        Ok(motion.Return(PartId, Clerk, "也不是我们。", 2, Today, Now, Today));
        Ok(motion.Reassign(PartId, Logistics, [], ruling: false, Now));

        Assert.False(motion.MayReturn(PartId, 2, Today, Today));
        motion.Refused("handling.return-exhausted", m => m.Return(PartId, Clerk, "否", 2, Today, Now, Today));
    }

    [Fact]
    public void Return_AfterTheRuling_IsRefusedAlsoTheFirstTime()
    {
        var motion = TransferRequested();
        Ok(motion.Reassign(PartId, Logistics, [Teaching], ruling: true, Now));

        Assert.False(motion.MayReturn(PartId, 9, Today, Today));
        motion.Refused("handling.return-exhausted", m => m.Return(PartId, Clerk, "否", 9, Today, Now, Today));
    }

    [Fact]
    public void Reassign_AnotherDepartment_StartsAfresh()
    {
        var motion = TransferRequested();
        var later = Now.AddDays(3);

        Ok(motion.Reassign(PartId, Teaching, [Personnel], ruling: false, later));

        var part = motion.Part(PartId);
        Assert.Equal((HandlingState.Assigned, Teaching, later), (part.State, part.HostId, part.AssignedAt));
        Assert.Equal([Personnel], part.CohandlerIds);
        Assert.False(part.Ruled);
    }

    [Fact]
    public void Reassign_TheSameHost_IsLeftToTheRuling()
    {
        var motion = TransferRequested();

        motion.Refused("handling.same-host", m => m.Reassign(PartId, Logistics, [], ruling: false, Now), "host");
        Ok(motion.Reassign(PartId, Logistics, [], ruling: true, Now));
    }

    [Fact]
    public void Reassign_HostAsCohandler_IsRefused() =>
        TransferRequested()
            .Refused(
                "motion.host-is-cohandler",
                m => m.Reassign(PartId, Teaching, [Teaching], ruling: false, Now),
                "cohandlers"
            );

    [Fact]
    public void Reassign_ToTheHostOfAnotherPart_IsRefused()
    {
        var motion = Filed();
        Ok(motion.Assign([Part(21, Logistics), Part(22, Teaching)]));
        Ok(motion.Return(Id(21), Clerk, "不属于本部门。", 2, Today, Now, Today));

        motion.Refused("motion.host-twice", m => m.Reassign(Id(21), Teaching, [], ruling: false, Now), "host");
    }

    [Fact]
    public void Reassign_NotReturned_IsRefused() =>
        Assigned().Refused("handling.wrong-state", m => m.Reassign(PartId, Teaching, [], ruling: false, Now));

    private static Handling Part(int id, Guid host, params ImmutableArray<Guid> cohandlers) =>
        new(Id(id), host, cohandlers, Now);
}
