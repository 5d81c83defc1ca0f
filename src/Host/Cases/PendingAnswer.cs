using System.Text.Json;
using EduUnion.Host.Privacy;

namespace EduUnion.Host.Cases;

/// <summary>An answer that is kept on its task (<see cref="TaskRow.Pending"/>) because the aggregate has not heard it.</summary>
public sealed record PendingAnswer(string Outcome, string? Comment, JsonElement? Form)
{
    public static PendingAnswer Of(Decided decision) => new(decision.Outcome, decision.Comment, decision.Typed);

    /// <summary>As a task keeps it; null = it keeps none.</summary>
    public static PendingAnswer? Read(TaskRow task, Vault vault) =>
        task.Pending is not { } kept
            ? null
            : JsonSerializer.Deserialize<PendingAnswer>(
                Vault.IsSealed(kept) ? vault.Open(kept, task.Id) : kept,
                CaseJson.Options
            );

    public string Write(TaskRow task, bool confidential, Vault vault)
    {
        var json = JsonSerializer.Serialize(this, CaseJson.Options);
        return confidential ? vault.Seal(json, task.Id) : json;
    }
}
