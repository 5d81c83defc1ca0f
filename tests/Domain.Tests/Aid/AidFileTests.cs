using System.Text.Json;
using EduUnion.Domain.Aid;
using static EduUnion.Domain.Tests.Aid.Given;

namespace EduUnion.Domain.Tests.Aid;

public sealed class AidFileTests
{
    private static readonly Guid Leader = Id(60);

    [Theory]
    [InlineData("renew", FileState.Active, FileState.Exited)]
    [InlineData("verify", FileState.Active, FileState.Frozen)]
    [InlineData("freeze", FileState.Active)]
    [InlineData("exit", FileState.Active, FileState.Frozen)]
    [InlineData("move", FileState.Active, FileState.Frozen)]
    [InlineData("retire", FileState.Active, FileState.Frozen)]
    [InlineData("name leader", FileState.Active, FileState.Frozen)]
    [InlineData("visit", FileState.Active, FileState.Frozen)]
    public void Act_IsPossibleOnlyIn(string act, params FileState[] allowed) =>
        Assert.Equal(allowed, Enum.GetValues<FileState>().Where(s => IsPossible(act, s)));

    private static bool IsPossible(string act, FileState state)
    {
        var file = In(state);
        var before = JsonSerializer.Serialize(file, Stored);
        var possible = act switch
        {
            "renew" => file.Renew(AidCategory.Acc, Id(33), Now, Today).IsOk,
            "verify" => file.Verify(AidCategory.Rel, null, 2027, Chair, Id(34), Now).IsOk,
            "freeze" => file.Freeze(Id(34), Now).IsOk,
            "exit" => file.Exit(ExitReason.LeftDistrict, "调离。", Chair, null, Now, Today).IsOk,
            "move" => file.MoveSchool(OtherSchool, null, Now, Today).IsOk,
            "retire" => file.Retire(null, Now).IsOk,
            "name leader" => file.NameLeader(Leader, 0, Today).IsOk,
            _ => file.Visit(Visit, Today).IsOk,
        };
        Assert.Equal(possible, before != JsonSerializer.Serialize(file, Stored));
        return possible;
    }

    [Fact]
    public void History_OnlyGrows()
    {
        var file = Opened();
        var kept = file.History;
        Ok(file.Renew(AidCategory.Deep, Id(33), Now, Today));
        Ok(file.Verify(AidCategory.Loc, "收入增加。", 2027, Chair, Id(34), Now));
        Ok(file.Freeze(Id(35), Now));
        Ok(file.Verify(AidCategory.Loc, null, 2028, Chair, Id(36), Now));
        Ok(file.MoveSchool(OtherSchool, null, Now, Today));
        Ok(file.Retire(null, Now));
        Ok(file.Exit(ExitReason.LiftedOut, "脱困。", Chair, Id(37), Now, Today));
        Ok(file.Renew(AidCategory.Acc, Id(38), Now, Today));
        Assert.Equal(kept, file.History.Take(1));
        Assert.Equal(
            ["opened", "category", "category", "frozen", "verified", "moved", "retired", "exited", "reopened"],
            file.History.Select(e => e.What)
        );
        Assert.Equal((FileState.Active, AidCategory.Acc, null), (file.State, file.Category, file.ExitedFor));
        Assert.Equal("DA-YXZX-2026-0001", file.Number);
    }

    [Fact]
    public void Renew_TheSameCategoryAgain_ChangesNothing()
    {
        var file = Opened();
        Ok(file.Renew(AidCategory.Rel, Id(33), Now, Today));
        Assert.Single(file.History);
    }

    // Domain §3.4: leaves the district: approved but unpaid, pay.
    [Theory]
    [InlineData(ExitReason.LeftDistrict, true)]
    [InlineData(ExitReason.LiftedOut, true)]
    [InlineData(ExitReason.Died, false)]
    [InlineData(ExitReason.FalsePapers, false)]
    [InlineData(ExitReason.RefusedVerification, false)]
    public void AFileThatWasLeft_IsPaidUnder_WhereTheReasonAllows(ExitReason why, bool paid)
    {
        var file = Opened();
        Ok(file.Exit(why, "退档。", Chair, null, Now, Today));
        Assert.Equal(paid, file.MayBePaid);
    }

    [Fact]
    public void AFrozenFile_IsNotPaidUnder()
    {
        var file = In(FileState.Frozen);
        Assert.False(file.MayBePaid);
        file.Refused("file.frozen", f => f.Renew(AidCategory.Rel, Id(33), Now, Today));
    }

    [Fact]
    public void TheFileOfTheDead_IsNotReopened_ButVisitsToTheKinAreEntered()
    {
        var file = Opened();
        file.Refused("form.reason-missing", f => f.Exit(ExitReason.Died, "", Chair, null, Now, Today), "reason");
        Ok(file.Exit(ExitReason.Died, "去世。", Chair, CaseId, Now, Today));
        file.Refused("file.person-died", f => f.Renew(AidCategory.Rel, Id(33), Now, Today));
        Assert.True(file.IsCondolenceOwed);
        Ok(file.Visit(Visit, Today));
        Assert.False(file.IsCondolenceOwed);
    }

    // 个人信息保护法 art. 49.
    [Fact]
    public void TheKinOfTheDead_MayAskForHisData_AndOfNobodyElse()
    {
        var file = Opened();
        var request = new KinRequest(Today, "李强（儿子）", "查阅档案，复制一份。", Chair);
        file.Refused("file.person-lives", f => f.AnswerKin(request, Today));
        Ok(file.Exit(ExitReason.Died, "去世。", Chair, CaseId, Now, Today));
        file.Refused("aid.date-in-future", f => f.AnswerKin(request with { On = Today.AddDays(1) }, Today), "on");
        file.Refused("aid.field-missing", f => f.AnswerKin(request with { Kin = "" }, Today), "kin");
        file.Refused("aid.field-missing", f => f.AnswerKin(request with { Given = "" }, Today), "given");
        Ok(file.AnswerKin(request, Today));
        Assert.Equal([request], file.KinRequests);
        Ok(file.Forget());
        Assert.Equal([request with { Kin = "", Given = "" }], file.KinRequests);
    }

    [Fact]
    public void ALeader_KeepsFiveFilesAtMost()
    {
        var file = Opened();
        file.Refused("file.leader-full", f => f.NameLeader(Leader, 5, Today), "leader");
        file.Refused("file.leader-is-holder", f => f.NameLeader(Applicant, 0, Today), "leader");
        Ok(file.NameLeader(Leader, 4, Today));
        file.Refused("file.leader-same", f => f.NameLeader(Leader, 4, Today), "leader");
        Ok(file.NameLeader(Chair, 0, After));
        Assert.Equal([new FileLeader(Leader, Today, After), new FileLeader(Chair, After)], file.Leaders);
    }

    [Fact]
    public void Contacts_TwoAYear_OneBeforeTheSpringFestival()
    {
        var festival = new DateOnly(2026, 2, 17);
        var file = Opened();
        Ok(file.NameLeader(Leader, 0, Today));
        Assert.Equal((2, true), file.ContactsOwed(festival));
        Ok(file.Contact(ContactOn(new DateOnly(2026, 2, 16)), Today));
        Assert.Equal((1, false), file.ContactsOwed(festival));
        Ok(file.Contact(ContactOn(new DateOnly(2026, 9, 1)), Today));
        Assert.Equal((0, false), file.ContactsOwed(festival));
        Assert.Equal((2, true), file.ContactsOwed(new DateOnly(2027, 2, 6)));
        file.Refused("file.not-leader", f => f.Contact(ContactOn(Today) with { LeaderId = Chair }, Today));
        file.Refused("aid.date-in-future", f => f.Contact(ContactOn(After), Today), "on");
        file.Refused("aid.field-missing", f => f.Contact(ContactOn(Today) with { Need = "" }, Today), "need");
    }

    [Fact]
    public void AContactOnTheFestivalItself_IsNotBeforeIt()
    {
        var file = Opened();
        Ok(file.NameLeader(Leader, 0, Today));
        Ok(file.Contact(ContactOn(new DateOnly(2026, 2, 17)), Today));
        Assert.Equal((1, true), file.ContactsOwed(new DateOnly(2026, 2, 17)));
    }

    [Fact]
    public void AVisit_IsMadeByTwo()
    {
        var file = Opened();
        file.Refused(
            "file.visitors-missing",
            f => f.Visit(Visit with { Visitors = [Chair, Chair] }, Today),
            "visitors"
        );
        file.Refused(
            "file.visitor-is-holder",
            f => f.Visit(Visit with { Visitors = [Chair, Applicant] }, Today),
            "visitors"
        );
        file.Refused("aid.date-in-future", f => f.Visit(Visit with { On = After }, Today), "on");
        file.Refused("aid.amount-invalid", f => f.Visit(Visit with { Gift = new Money(-1) }, Today), "gift");
    }

    [Fact]
    public void Aid_OfOneCase_IsEnteredOnce_AndTakenOutWhenItCameBack()
    {
        var file = Opened();
        Assert.True(file.IsNeverAided);
        var aid = new FileAid(CaseId, FundId, Money.Yuan(3_000), Today);
        file.Aided(aid);
        file.Aided(aid);
        Assert.Single(file.Aids);
        file.Unaid(CaseId);
        Assert.True(file.IsNeverAided);
    }

    [Fact]
    public void MoveSchool_EndsTheLeadersContact()
    {
        var file = Opened();
        Ok(file.NameLeader(Leader, 0, Today));
        Ok(file.MoveSchool(OtherSchool, null, Now, After));
        Assert.Null(file.LeaderId);
        file.Refused("file.same-school", f => f.MoveSchool(OtherSchool, null, Now, After));
    }

    [Fact]
    public void RoundTrip()
    {
        foreach (var state in Enum.GetValues<FileState>())
        {
            var file = In(state);
            file.Visit(Visit, Today);
            RoundTripTests.Same(file);
        }
    }

    private static FileVisit Visit => new(Today, [Chair, Leader], "春节走访", "家庭情况稳定。", Money.Yuan(500));

    private static LeaderContact ContactOn(DateOnly on) => new(Leader, on, ContactMode.Home, "复查费用", "协助报销");

    public static AidFile Opened() =>
        AidFile.Open(Id(35), "DA-YXZX-2026-0001", Applicant, School, AidCategory.Rel, CaseId, Now, Today).File;

    public static AidFile In(FileState state)
    {
        var file = Opened();
        if (state == FileState.Frozen)
            Ok(file.Freeze(null, Now));
        if (state == FileState.Exited)
            Ok(file.Exit(ExitReason.LiftedOut, "脱困。", Chair, null, Now, Today));
        return file;
    }
}
