using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Attachments;
using EduUnion.Host.Cases;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Aid;

/// <summary>Without the applicant's consent nothing goes up to the district (PIPL art. 23), and nothing is stuck for it.</summary>
public sealed class TransferConsentTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task DistrictLevel_AsksTheApplicant_AndGoesOnOnceHeConsents(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await AtDistrictAsync(bench);

        await bench.Play.RefusedAsync(id, "区经办", "aid.approve.officer", "agree", "aid.transfer-consent-missing");
        Assert.False(await ReadsAsync(bench, id));
        Assert.Equal(["申请人"], await bench.MailedAsync(id, "A1.transfer"));
        Assert.Equal(["工会主席"], await bench.MailedAsync(id, "A7.asked"));

        AidPlay.Done(
            await bench.Stage.WithAsync<AidCommands, Outcome<StepDone>>(c =>
                c.GiveConsentAsync(id, ConsentKind.Transfer, "1", null, bench.Play.As("申请人"), default)
            )
        );
        await bench.MoveToAsync(2026, 11, 18);
        Assert.True(await ReadsAsync(bench, id));
        Assert.Equal(["区经办", "工会主席"], (await bench.MailedAsync(id, "A7.asked")).Order());
        await bench.Play.DecideAsync(id, "区经办", "aid.approve.officer", "agree");
        Assert.Equal(AidState.Approved, (await bench.Play.ApplicationAsync(id)).State);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task DistrictLevel_WithoutConsent_IsSentBackOrRefused(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await AtDistrictAsync(bench);
        await bench.Play.DecideAsync(id, "区经办", "aid.approve.officer", "return", comment: "申请人未同意提供。");
        Assert.Equal(AidState.Surveyed, (await bench.Play.ApplicationAsync(id)).State);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Appointment_OfTheDistrict_WithoutConsent_ComesBack(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.Play.ApplyAsync("申请人", bench.Play.Illness("申请人"), ConsentKind.Collection);
        await bench.Play.SubmitAsync(id, "申请人");
        await bench.Play.AcceptAsync(id);
        await bench.Play.DecideAsync(id, "工会主席", "aid.appoint", "district", comment: "本校无合适人选。");
        await bench.Play.RefusedAsync(
            id,
            "区经办",
            "aid.appoint.district",
            "appoint",
            "aid.transfer-consent-missing",
            new { surveyors = new[] { bench.Town["区调查员"].Id, bench.Town["调查员乙"].Id } }
        );
        await bench.Play.DecideAsync(id, "区经办", "aid.appoint.district", "return", comment: "申请人未同意提供。");
        await bench.Play.AppointAsync(id, "调查员甲", "调查员乙");
        Assert.Equal(AidState.Surveying, (await bench.Play.ApplicationAsync(id)).State);
    }

    private static async Task<Guid> AtDistrictAsync(AidBench bench)
    {
        var play = bench.Play;
        var id = await play.ApplyAsync("申请人", play.Illness("申请人"), ConsentKind.Collection, ConsentKind.Publicity);
        await play.SubmitAsync(id, "申请人");
        await play.AcceptAsync(id);
        await play.AppointAsync(id, "调查员甲", "调查员乙");
        await play.SurveyAsync(id, "调查员甲", "调查员乙");
        await play.AssessAsync(AidCategory.Rel, Money.Yuan(3_000));
        await play.PublishAsync(id);
        await bench.MoveToAsync(2026, 11, 17);
        await play.DecideAsync(id, "工会主席", "aid.approve.school", "agree");
        await bench.MoveToAsync(2026, 11, 17, 12);
        return id;
    }

    private static Task<bool> ReadsAsync(AidBench bench, Guid id) =>
        bench.Stage.WithAsync<CaseDocuments, bool>(async documents =>
            await documents.ReadsAsync(id, bench.Town["区经办"].Id, default) is not null
        );
}
