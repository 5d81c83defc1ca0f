using System.Text;
using EduUnion.Domain.Motions;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Definitions;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using EduUnion.Workflows.Engine;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Benchmarks;

/// <summary>
/// Five people sign the answer to a motion, one after the other: <c>approval.json</c>, steps of the shipped catalogue,
/// the real aggregate. Every one of the approvers holds both offices that are asked.
/// </summary>
internal sealed class Approval(Ground ground)
{
    public const int Steps = 5;
    private const string Definition = "approval";
    private const string Number = "N-0";
    private const string Grounds =
        "我校教职工中午十二点十分至一点四十分为休息时间，目前各办公室平均九人合用，没有固定午休位置，"
        + "多数教师伏案休息，影响下午上课状态，不少人有颈椎不适，问卷显示超过八成教师希望改善。";

    public static readonly Guid School = DemoDistrict.OrganisationId("YXZX");
    public static readonly Guid Department = DemoDistrict.OrganisationId("YXZX/ZWC");

    public Guid[] Approvers { get; private set; } = [];

    /// <summary>The case of which all others are copies: drafted, answered, its process not yet started.</summary>
    public Guid Template { get; } = Guid.CreateVersion7();

    public Guid TemplatePart { get; } = Guid.CreateVersion7();

    /// <summary>Publishes the definition, appoints the approvers and writes the template.</summary>
    public async Task PrepareAsync(int approvers, CancellationToken cancellation)
    {
        await using var scope = ground.App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EduUnionDb>();
        var now = TimeProvider.System.GetUtcNow();
        db.Add(
            new DefinitionRow
            {
                Id = Guid.CreateVersion7(),
                DefinitionId = Definition,
                Version = 1,
                Document = Encoding.UTF8.GetBytes(Document()),
                ImportedById = DemoDistrict.MemberId("mishu"),
                ImportedAt = now,
                Publication = 1,
                PublishedAt = now,
            }
        );
        Approvers = [.. Enumerable.Range(0, approvers).Select(_ => Guid.CreateVersion7())];
        // One password, one hash: hashing is slow on purpose.
        var hash = scope
            .ServiceProvider.GetRequiredService<IPasswordHasher<User>>()
            .HashPassword(new(), DemoDistrict.Password);
        foreach (var (n, id) in Approvers.Index())
        {
            db.Add(
                new User
                {
                    Id = Guid.CreateVersion7(),
                    MemberId = id,
                    UserName = UserName(n),
                    NormalizedUserName = UserName(n).ToUpperInvariant(),
                    PasswordHash = hash,
                    SecurityStamp = Guid.NewGuid().ToString("N"),
                }
            );
            db.Add(
                new Member
                {
                    Id = id,
                    OrganisationId = School,
                    Name = $"审批人{n}",
                    Email = $"approver{n}@yunxi.example",
                }
            );
            foreach (var office in new[] { Office.DepartmentHead, Office.SchoolLeader })
                db.Add(
                    new OfficeHolding
                    {
                        Id = Guid.CreateVersion7(),
                        MemberId = id,
                        Office = office,
                        OrganisationId = Department,
                        From = new DateOnly(2020, 1, 1),
                    }
                );
        }
        var @case = scope.ServiceProvider.GetRequiredService<MotionCases>().Of(Answered(now));
        var row = new CaseRow
        {
            Id = Template,
            Kind = MotionCase.KindName,
            SchoolId = School,
            StarterId = DemoDistrict.MemberId("daibiao1"),
            RulesAt = now,
            OpenedAt = now,
            ChangedAt = now,
        };
        @case.Describe(row);
        db.Add(row);
        db.AddRange(
            @case
                .Parties()
                .Select(p => new PartyRow
                {
                    CaseId = Template,
                    Role = p.Role,
                    PartyId = p.PartyId,
                })
        );
        await db.SaveChangesAsync(cancellation);
        // Cases are started here without what starts one in the program, which would look for what is new.
        await scope.ServiceProvider.GetRequiredService<DefinitionLibrary>().CurrentAsync(db, cancellation);
    }

    /// <summary>Starts the process of copied cases, as any command does.</summary>
    public Task StartAsync(IReadOnlyList<Guid> cases, CancellationToken cancellation) =>
        Load.ClosedAsync(
            8,
            cases.Count,
            async i =>
            {
                await using var scope = ground.App.Services.CreateAsyncScope();
                var started = await scope
                    .ServiceProvider.GetRequiredService<CaseSteps>()
                    .CommandAsync(
                        cases[i],
                        null,
                        "approval.start",
                        async work =>
                        {
                            var part = ((MotionCase)work.Case).Motion.Parts[0].Id;
                            await work.RunAsync(new Stimulus.Start(Definition, CaseWork.InputOf(part)), cancellation);
                            return null;
                        },
                        cancellation
                    );
                if (!started.IsOk)
                    throw new InvalidOperationException($"A case did not start: {started.Refusal.Code}");
            }
        );

    /// <summary>Signs in with the password of the demonstration.</summary>
    public static string UserName(int approver) => $"approver{approver}";

    /// <summary>The outcome that lets a step go on.</summary>
    public static string Favourable(string step) => step == "handling.sign" ? "sign" : "agree";

    private static string Document()
    {
        using var stream = typeof(Approval).Assembly.GetManifestResourceStream("approval.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private Motion Answered(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var clerk = DemoDistrict.MemberId("zongwuchu");
        Guid[] cosigners = [DemoDistrict.MemberId("fuyi1"), DemoDistrict.MemberId("fuyi2")];
        var content = MotionContent.Of(
            "改善教师午休场所",
            "welfare",
            Grounds,
            ["列入本年度计划并公布时间表。", "制定使用公约。"]
        );
        var motion = Motion
            .Create(Template, School, DemoDistrict.SessionId("YXZX"), DemoDistrict.MemberId("daibiao1"), content)
            .Value.Motion;
        Done(motion.Invite(cosigners, now));
        foreach (var cosigner in cosigners)
            Done(motion.Cosign(cosigner, CosignState.Confirmed, 2, now));
        Done(motion.Submit(2, collecting: true, now));
        motion.Receive(Number);
        Done(motion.Recommend(new Recommendation("file", null, null, Department, [], clerk)));
        Done(motion.Decide("file", null, null, 2));
        motion.File(Number, now);
        Done(motion.Assign([new Handling(TemplatePart, Department, [], now)]));
        Done(motion.Accept(TemplatePart, clerk, now));
        var meeting = new ProposerMeeting(
            clerk,
            now,
            today,
            "meeting",
            "实训楼一层",
            "提案人、经办",
            "提案人同意分两步实施。"
        );
        Done(motion.Meet(TemplatePart, meeting, today, today));
        const string answer = "经研究，所提建议全部采纳，已列入本年度计划，完成时间见附表。";
        Done(motion.DraftAnswer(TemplatePart, AnswerClass.A, answer, null, [], clerk, now, today));
        return motion;

        static void Done<T>(Domain.Outcome<T> outcome)
        {
            if (!outcome.IsOk)
                throw new InvalidOperationException(outcome.Refusal.Code);
        }
    }
}
