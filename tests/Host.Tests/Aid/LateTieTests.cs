using EduUnion.Domain.Aid;
using EduUnion.Host.Persistence;
using EduUnion.Host.Relations;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;

namespace EduUnion.Host.Tests.Aid;

/// <summary>A relation that is declared when somebody is at work already.</summary>
public sealed class LateTieTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Surveyor_WhoBecameRelated_CanOnlyStandAside(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 2));
        var id = await bench.Play.ApplyAsync("申请人", bench.Play.Illness("申请人"));
        await bench.Play.SubmitAsync(id, "申请人");
        await bench.Play.AcceptAsync(id);
        await bench.Play.AppointAsync(id, "调查员甲", "调查员乙");
        await bench.Stage.WithAsync<EduUnionDb, int>(db =>
        {
            db.Add(
                new DeclaredRelation
                {
                    Id = Guid.CreateVersion7(),
                    MemberId = bench.Town["调查员甲"].Id,
                    OtherId = bench.Town["申请人"].Id,
                    Kind = Relation.InLaw,
                    DeclaredBy = bench.Town["调查员甲"].Id,
                    DeclaredAt = bench.Stage.Time.GetUtcNow(),
                }
            );
            return db.SaveChangesAsync();
        });

        await bench.Play.RefusedAsync(
            id,
            "调查员甲",
            "aid.survey",
            "record",
            "aid.recused",
            AidPlay.Record(bench.Stage.Today)
        );
        Assert.Null((await bench.Play.ApplicationAsync(id)).Survey);
        await bench.Play.DecideAsync(
            id,
            "调查员甲",
            "aid.survey",
            "recuse",
            new { relation = nameof(Relation.InLaw) },
            "申请人是我的弟媳。"
        );
        Assert.Equal(["aid.appoint"], await bench.OpenAsync(id));
    }
}
