using System.Security.Cryptography;
using System.Text.Json;
using EduUnion.Host.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Benchmarks;

/// <summary>A task that waits to be decided.</summary>
internal sealed record Waiting(Guid Task, Guid Case, string Step, int Version);

/// <summary>Approvers who decide through <see cref="CaseSteps"/>, each decision in a scope of its own, as an endpoint does.</summary>
internal sealed class Deciders(Ground ground, Approval approval)
{
    /// <summary>The open tasks of these cases, one each.</summary>
    public Task<List<Waiting>> WaitingAsync(Guid[] cases) =>
        ground.ReadAsync(
            "SELECT id, case_id, name, version FROM tasks WHERE case_id = ANY ($1) AND state = 'Open'",
            row => new Waiting(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetInt32(3)),
            cases
        );

    public async Task DecideAsync(Waiting task, int who, CancellationToken cancellation)
    {
        var decision = new Decision(task.Task, Approval.Favourable(task.Step), null, null, task.Version);
        var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(decision));
        var member = approval.Approvers[who % approval.Approvers.Length];
        await using var scope = ground.App.Services.CreateAsyncScope();
        var done = await scope
            .ServiceProvider.GetRequiredService<CaseSteps>()
            .DecideAsync(decision, new Asker(member, task.Task.ToString(), hash), cancellation);
        if (!done.IsOk)
            throw new InvalidOperationException($"{task.Step} was refused: {done.Refusal.Code}");
    }
}
