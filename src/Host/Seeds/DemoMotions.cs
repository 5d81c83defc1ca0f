using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tour;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Seeds;

/// <summary>
/// The fictional district's motions, from <c>seeds/demo/motions.json</c>: played through the same use cases as everything
/// else, with a clock that begins nine days ago, so that every stage of the journey can be looked at on the first day.
/// </summary>
public sealed class DemoMotions(IConfiguration configuration, string dataDirectory, TimeProvider time)
{
    private const string School = "YXZX";

    public async Task PlayAsync(CancellationToken cancellation)
    {
        var today = ChinaTime.DateOf(time.GetUtcNow());
        var motions = SeedFiles.Read<List<DemoMotion>>("demo/motions.json");
        var acts = motions
            .SelectMany(m =>
                m.Steps.Prepend(new DemoStep(m.Day, new(8, 30), m.Proposer, "create", ""))
                    .Select(step => (Motion: m, Step: step))
            )
            .Select((a, order) => (a.Motion, a.Step, At: ChinaTime.At(today.AddDays(a.Step.Day), a.Step.At), order))
            .OrderBy(a => a.At)
            .ThenBy(a => a.order);
        await using var stage = await Theatre.OpenAsync(
            ChinaTime.At(today.AddDays(-9), new(8, 0)),
            configuration,
            dataDirectory,
            TextWriter.Null,
            cancellation
        );
        var ids = new Dictionary<DemoMotion, Guid>();
        foreach (var (motion, step, at, _) in acts)
        {
            await stage.MoveToAsync(ChinaTime.DateOf(at), step.At, cancellation);
            var done = await ActAsync(stage, motion, step, ids.GetValueOrDefault(motion), Main, today, cancellation);
            if (!done.IsOk)
                throw new StartRefused(
                    $"seeds/demo/motions.json: {motion.Title}, {step.Task}: {Stage.Why(done.Refusal)}"
                );
            ids[motion] = done.Value.CaseId;
        }

        // A motion that others are merged into is named by its title.
        Guid Main(string title) => ids.Single(i => i.Key.Title == title).Value;
    }

    private static async Task<Outcome<StepDone>> ActAsync(
        Stage stage,
        DemoMotion motion,
        DemoStep step,
        Guid id,
        Func<string, Guid> main,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        var who = new Asker(DemoDistrict.MemberId(step.Who));
        switch (step.Task)
        {
            case "create":
                var content = MotionContent.Of(motion.Title, motion.Category, motion.Grounds, motion.Proposals);
                return await stage.WithAsync<MotionCommands, Outcome<StepDone>>(m =>
                    m.CreateAsync(DemoDistrict.SessionId(School), content, who, cancellation)
                );
            case "invite":
                return await stage.WithAsync<MotionCommands, Outcome<StepDone>>(m =>
                    m.InviteAsync(id, [.. step.Members!.Select(DemoDistrict.MemberId)], who, cancellation)
                );
            default:
                var tasks = (await stage.OpenTasksAsync(id)).Where(t => t.Name == step.Task).ToList();
                var task = tasks.FirstOrDefault(t => t.MemberId == who.MemberId);
                foreach (var office in tasks.Where(t => t.OrganisationId is not null))
                    if (
                        await stage.WithAsync<People.OfficeBook, bool>(o =>
                            o.HoldsAsync(
                                who.MemberId,
                                office.Office!.Value,
                                office.OrganisationId!.Value,
                                stage.Today,
                                cancellation
                            )
                        )
                    )
                        task ??= office;
                return task is null
                    ? Refusal.Missing("task.unknown")
                    : await stage.WithAsync<CaseSteps, Outcome<StepDone>>(steps =>
                        steps.DecideAsync(
                            new Decision(task.Id, step.Outcome, step.Comment, Form(step.Form, main, today), null),
                            who,
                            cancellation
                        )
                    );
        }
    }

    /// <summary>Puts ids in the place of department codes, and dates in the place of <c>{-5}</c>.</summary>
    private static JsonElement? Form(JsonNode? form, Func<string, Guid> main, DateOnly today)
    {
        if (form is null)
            return null;
        return JsonSerializer.SerializeToElement(Translate(form));

        JsonNode? Translate(JsonNode? node) =>
            node switch
            {
                JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, Property(p.Key, p.Value)))),
                JsonArray a => new JsonArray([.. a.Select(Translate)]),
                JsonValue v when v.TryGetValue<string>(out var text) && text.StartsWith('{') => today
                    .AddDays(int.Parse(text[1..^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))
                    .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                _ => node?.DeepClone(),
            };

        JsonNode? Property(string name, JsonNode? value) =>
            name switch
            {
                "host" => Department(value),
                "main" => main(value!.ToString()).ToString(),
                "cohandlers" => new JsonArray([.. value!.AsArray().Select(Department)]),
                _ => Translate(value),
            };
    }

    private static JsonNode Department(JsonNode? code) => DemoDistrict.OrganisationId($"{School}/{code}").ToString();

    private sealed record DemoMotion(
        string Title,
        string Category,
        string Grounds,
        IReadOnlyList<string> Proposals,
        string Proposer,
        int Day,
        IReadOnlyList<DemoStep> Steps
    );

    private sealed record DemoStep(
        int Day,
        TimeOnly At,
        string Who,
        string Task,
        string Outcome,
        JsonNode? Form = null,
        string? Comment = null,
        IReadOnlyList<string>? Members = null
    );
}
