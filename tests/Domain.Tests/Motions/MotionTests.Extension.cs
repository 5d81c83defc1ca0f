using EduUnion.Domain.Motions;
using static EduUnion.Domain.Tests.Motions.Given;

namespace EduUnion.Domain.Tests.Motions;

// 延期 (domain M-21).
public partial class MotionTests
{
    [Fact]
    public void AskExtension_OnTheLastDay_Waits()
    {
        var motion = Accepted();

        Ok(Ask(motion, 20));

        Assert.Null(motion.Part(PartId).Extensions.Single().DecidedAt);
    }

    [Fact]
    public void AskExtension_ADayLate_IsRefusedWithTheLastDay()
    {
        var refusal = Accepted().Refused("extension.too-late", m => Ask(m, 10, lastDay: Today.AddDays(-1)));

        Assert.Equal([Today.AddDays(-1)], refusal.Arguments);
    }

    [Fact]
    public void AskExtension_TooLong_IsRefused() =>
        Accepted().Refused("extension.too-long", m => Ask(m, 21), "workdays");

    [Fact]
    public void AskExtension_NoDays_IsRefused() =>
        Accepted().Refused("extension.workdays-missing", m => Ask(m, 0), "workdays");

    [Fact]
    public void AskExtension_WithoutReason_IsRefused() =>
        Accepted().Refused("form.reason-missing", m => Ask(m, 10, reason: " "), "reason");

    [Fact]
    public void AskExtension_Delivered_IsRefused() => Delivered().Refused("handling.wrong-state", m => Ask(m, 10));

    [Fact]
    public void AskExtension_ReturnedAsNotOurs_IsRefused() =>
        TransferRequested().Refused("handling.wrong-state", m => Ask(m, 10));

    [Fact]
    public void AskExtension_WhileOneWaits_IsRefused()
    {
        var motion = Accepted();
        Ok(Ask(motion, 10));

        motion.Refused("extension.used", m => Ask(m, 10));
    }

    [Fact]
    public void AskExtension_AfterOneWasGranted_IsRefused()
    {
        var motion = Accepted();
        Ok(Ask(motion, 10));
        Ok(motion.DecideExtension(PartId, Chair, 5, null, Now));

        motion.Refused("extension.used", m => Ask(m, 10));
    }

    [Fact]
    public void DecideExtension_Granted_IsAtMostWhatWasAsked()
    {
        var motion = Accepted();
        Ok(Ask(motion, 10));

        motion.Refused("extension.too-long", m => m.DecideExtension(PartId, Chair, 11, null, Now), "workdays");
        motion.Refused("extension.workdays-missing", m => m.DecideExtension(PartId, Chair, 0, null, Now), "workdays");
        Ok(motion.DecideExtension(PartId, Chair, 10, null, Now));

        var extension = motion.Part(PartId).Extensions.Single();
        Assert.Equal((10, Chair, Now), (extension.GrantedWorkdays, extension.DecidedBy, extension.DecidedAt));
    }

    [Fact]
    public void DecideExtension_BySilence_Refuses()
    {
        var motion = Accepted();
        Ok(Ask(motion, 10));

        Assert.Null(Ok(motion.DecideExtension(PartId, null, null, null, Now)).GrantedWorkdays);
        motion.Refused("extension.not-open", m => m.DecideExtension(PartId, Chair, 10, null, Now));
    }

    private static Outcome<ExtensionAsked> Ask(
        Motion motion,
        int workdays,
        string reason = "招标推迟。",
        DateOnly? lastDay = null
    ) =>
        motion.AskExtension(
            PartId,
            new ExtensionRequest(Clerk, Now, workdays, reason),
            maximumTimes: 1,
            maximumWorkdays: 20,
            lastDay ?? Today,
            Today
        );
}
