using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EduUnion.Domain;

namespace EduUnion.Host.Cases;

/// <summary>What became of one decision of a batch.</summary>
public sealed record BatchResult(Guid TaskId, StepDone? Done, Refusal? Refusal);

/// <summary>
/// Decides several tasks, each a step of its own with one commit and a key of its own: one that is refused stops none of
/// the others, and the same batch again gets the same answers.
/// </summary>
public sealed class BatchDecisions(CaseSteps steps)
{
    public const int Most = 100;

    /// <summary>Refusals of the whole: <c>form.required</c>, <c>form.too-many</c> at <c>decisions</c>.</summary>
    public async Task<Outcome<IReadOnlyList<BatchResult>>> DecideAsync(
        IReadOnlyList<Decision> decisions,
        Asker asker,
        CancellationToken cancellation
    )
    {
        if (decisions.Count == 0)
            return Refusal.At("decisions", "form.required");
        if (decisions.Count > Most)
            return Refusal.At("decisions", "form.too-many", Most);
        var results = new List<BatchResult>();
        foreach (var decision in decisions)
        {
            var done = await steps.DecideAsync(decision, Own(asker, decision), cancellation);
            results.Add(
                new BatchResult(decision.TaskId, done.IsOk ? done.Value : null, done.IsOk ? null : done.Refusal)
            );
        }
        return results;
    }

    private static Asker Own(Asker asker, Decision decision) =>
        asker.Key is { } key
            ? new Asker(
                asker.MemberId,
                Convert.ToHexString(Hash($"{key}\n{decision.TaskId}")),
                Hash(JsonSerializer.Serialize(decision))
            )
            : asker;

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
