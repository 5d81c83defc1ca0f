using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.People;

namespace EduUnion.Host.Api;

/// <param name="Member">Who gets the task for good.</param>
/// <param name="Reason">Compulsory; he reads it.</param>
public sealed record HandOverRequest(Guid? Member, string? Reason);

/// <param name="Member">Whose advice is asked.</param>
public sealed record DelegateRequest(Guid? Member, string? Note);

/// <param name="After">They sign what was decided; otherwise they agree before it can be.</param>
public sealed record AddSignersRequest(IReadOnlyList<Guid>? Members, bool After, string? Note);

/// <param name="Signer">The task of the signer or adviser.</param>
public sealed record RemoveSignerRequest(Guid? Signer);

/// <summary>What an office does with a task beside deciding it.</summary>
public static class DeskEndpoints
{
    private const string Allowed = "Only where the step's definition allows it (task.not-allowed). ";

    public static RouteGroupBuilder MapDeskEndpoints(this RouteGroupBuilder api)
    {
        var tasks = api.MapGroup("/tasks/{id:guid}").RequireAuthorization(Policies.Member).WithTags("tasks");
        Act(
            "claim",
            "Takes an office's task (认领)",
            "The other holders of the office leave it to the caller.",
            (id, office, by, stop) => office.ClaimAsync(id, by, stop)
        );
        Act(
            "release",
            "Gives a claimed task back (释放)",
            "By whoever claimed it, or by the administrator.",
            (id, office, by, stop) => office.ReleaseAsync(id, by, stop)
        );
        Act(
            "take-back",
            "Takes one's own answer back (拿回)",
            "As long as the step is undecided and nobody has built on it.",
            (id, office, by, stop) => office.TakeBackAsync(id, by, stop)
        );
        Asked<HandOverRequest>(
            "transfer",
            "Hands a task over for good (转办)",
            Allowed + "The deadline stays.",
            (id, body, office, by, stop) =>
                body.Member is { } to ? office.TransferAsync(id, to, body.Reason, by, stop) : Required("member")
        );
        Asked<DelegateRequest>(
            "delegate",
            "Asks somebody what he would decide (委派); then the task is back",
            Allowed + "Until he answers or is removed, the task waits.",
            (id, body, office, by, stop) =>
                body.Member is { } to ? office.DelegateAsync(id, to, body.Note, by, stop) : Required("member")
        );
        Asked<AddSignersRequest>(
            "add-signers",
            "Has others sign before or after the decision (加签)",
            Allowed
                + "Before: the task waits for them. After: what was decided takes effect with the last agreement; who "
                + "disagrees gives it back.",
            (id, body, office, by, stop) =>
                office.AddSignersAsync(id, body.Members ?? [], body.After, body.Note, by, stop)
        );
        Asked<RemoveSignerRequest>(
            "remove-signer",
            "Takes a signer or adviser away who has not answered (减签)",
            "By whoever has the task to which he was added.",
            (id, body, office, by, stop) =>
                body.Signer is { } signer ? office.RemoveSignerAsync(id, signer, by, stop) : Required("signer")
        );
        return api;

        void Act(
            string name,
            string summary,
            string description,
            Func<Guid, OfficeCommands, Asker, CancellationToken, Task<Outcome<StepDone>>> act
        ) =>
            tasks
                .MapPost(
                    name,
                    (Guid id, HttpContext http, OfficeCommands office, TaskActs acts, CancellationToken stop) =>
                        acts.AnswerAsync(
                            id,
                            Requests.AskerOf(http),
                            act(id, office, Requests.AskerOf(http), stop),
                            stop
                        )
                )
                .WithName(name)
                .WithSummary(summary)
                .WithDescription(description)
                .Refuses(403, 404, 409, 422);

        void Asked<TBody>(
            string name,
            string summary,
            string description,
            Func<Guid, TBody, OfficeCommands, Asker, CancellationToken, Task<Outcome<StepDone>>> act
        )
            where TBody : class =>
            tasks
                .MapPost(
                    name,
                    (Guid id, HttpContext http, OfficeCommands office, TaskActs acts, CancellationToken stop) =>
                        acts.AnswerAsync(
                            id,
                            Requests.AskerOf(http),
                            Requests.WithBodyAsync(
                                http,
                                (TBody body) => act(id, body, office, Requests.AskerOf(http), stop)
                            ),
                            stop
                        )
                )
                .Accepts<TBody>("application/json")
                .WithName(name)
                .WithSummary(summary)
                .WithDescription(description)
                .Refuses(403, 404, 409, 422);
    }

    private static Task<Outcome<StepDone>> Required(string field) =>
        Task.FromResult<Outcome<StepDone>>(Refusal.At(field, "form.required"));
}
