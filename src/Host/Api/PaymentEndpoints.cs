using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Host.Cases;
using EduUnion.Host.Funds;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EduUnion.Host.Api;

public sealed record BatchRequest(Guid? FundId, IReadOnlyList<Guid>? Claims);

/// <param name="Reference">付款编号, ours.</param>
/// <param name="BankReference">银行流水号, the bank's.</param>
/// <param name="Result"><c>paid</c> or <c>bounced</c>.</param>
/// <param name="Reason">Compulsory when it came back.</param>
public sealed record ResultRequest(string? Reference, string? BankReference, string? Result, string? Reason);

/// <param name="DryRun">True: only says what would become of each line.</param>
public sealed record ResultsRequest(IReadOnlyList<ResultRequest>? Results, bool? DryRun);

/// <param name="Effect">Null where the line was refused.</param>
public sealed record ResultAnswer(int Line, string Reference, ResultEffect? Effect, string? Code, string? Sentence);

public sealed record ResultsAnswer(bool Applied, IReadOnlyList<ResultAnswer> Lines);

/// <summary>Payment lists: made by one, released by another, reconciled with what the bank says.</summary>
public static class PaymentEndpoints
{
    public static RouteGroupBuilder MapPaymentEndpoints(this RouteGroupBuilder api)
    {
        var payments = api.MapGroup("/payments").RequireAuthorization(Policies.Funds).WithTags("payments");
        payments
            .MapGet("/claims", ClaimsAsync)
            .WithName("claims")
            .WithSummary("Approved amounts and how far their money is, the latest change first")
            .Refuses(422);
        payments
            .MapPost("/batches", MakeAsync)
            .WithName("makeBatch")
            .WithSummary("Lists reserved amounts of one fund")
            .Refuses(403, 404, 409, 422);
        payments
            .MapGet("/batches/{id:guid}", FindAsync)
            .WithName("batch")
            .WithSummary("A list with its lines")
            .Refuses(404);
        payments
            .MapPost(
                "/batches/{id:guid}/release",
                (Guid id, HttpContext http, PaymentCommands commands, Texts texts, CancellationToken stop) =>
                    FundEndpoints.AnswerAsync(commands.ReleaseAsync(id, Requests.AskerOf(http), stop), texts)
            )
            .WithName("releaseBatch")
            .WithSummary("The second person gives the list to the bank; again = once")
            .Refuses(403, 404, 409);
        payments
            .MapPost(
                "/batches/{id:guid}/lines/{line:guid}/remove",
                (Guid id, Guid line, HttpContext http, PaymentCommands commands, Texts texts, CancellationToken stop) =>
                    FundEndpoints.AnswerAsync(commands.RemoveLineAsync(id, line, Requests.AskerOf(http), stop), texts)
            )
            .WithName("removeLine")
            .WithSummary("Takes a line off a list that is not released")
            .Refuses(403, 404, 409);
        payments
            .MapPost("/batches/{id:guid}/results", ResultsAsync)
            .WithName("batchResults")
            .WithSummary("What the bank says of each line; repeated and late results are harmless")
            .Refuses(403, 404, 422);
        payments
            .MapPost("/batches/{id:guid}/file", FileAsync)
            .WithName("bankFile")
            .WithSummary("The file for the bank, with account numbers; who asks for it is recorded")
            .WithDescription("format: csv or xlsx")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .Refuses(403, 404, 409);
        return api;
    }

    private static async Task<Results<Ok<Slice<ClaimAnswer>>, ProblemHttpResult>> ClaimsAsync(
        ClaimState? state,
        int? limit,
        string? after,
        HttpContext http,
        FundAccess access,
        PaymentBook book,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var length = Listing.Limit(limit);
        if (!length.IsOk)
            return Problems.Of(texts, length.Refusal);
        var sight = await access.SightAsync(http.User.MemberId(), cancellation);
        var claims = await book.ClaimsAsync(sight, state, after, length.Value, cancellation);
        return TypedResults.Ok(new Slice<ClaimAnswer>([.. claims.Items.Select(ClaimAnswer.Of)], claims.Next));
    }

    private static async Task<Results<Created<BatchDone>, ProblemHttpResult>> MakeAsync(
        BatchRequest body,
        HttpContext http,
        PaymentCommands commands,
        Texts texts,
        CancellationToken cancellation
    )
    {
        if (body.FundId is not { } fund)
            return Problems.Of(texts, Refusal.At("fundId", "form.required"));
        var done = await commands.MakeAsync(fund, body.Claims ?? [], Requests.AskerOf(http), cancellation);
        return done.IsOk
            ? TypedResults.Created($"/api/payments/batches/{done.Value.BatchId}", done.Value)
            : Problems.Of(texts, done.Refusal);
    }

    private static async Task<Results<Ok<BatchAnswer>, ProblemHttpResult>> FindAsync(
        Guid id,
        HttpContext http,
        FundAccess access,
        PaymentBook book,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var sight = await access.SightAsync(http.User.MemberId(), cancellation);
        return await book.FindAsync(sight, id, cancellation) is { } view
            ? TypedResults.Ok(BatchAnswer.Of(view))
            : Problems.Of(texts, Refusal.Missing("payment.batch-unknown"));
    }

    private static async Task<Results<Ok<ResultsAnswer>, ProblemHttpResult>> ResultsAsync(
        Guid id,
        ResultsRequest body,
        HttpContext http,
        BankResults results,
        Texts texts,
        CancellationToken cancellation
    )
    {
        if (body.Results is not { Count: > 0 and <= PaymentBatch.Longest } said)
            return Problems.Of(texts, Refusal.At("results", "result.count", PaymentBatch.Longest));
        var lines = said.Select(
                (r, at) =>
                    new BankResult(
                        at + 1,
                        r.Reference ?? "",
                        r.BankReference ?? "",
                        ResultSheet.PaidOf(r.Result ?? ""),
                        r.Reason ?? ""
                    )
            )
            .ToList();
        var done = await results.TakeAsync(id, lines, body.DryRun != true, Requests.AskerOf(http), cancellation);
        return done.IsOk
            ? TypedResults.Ok(
                new ResultsAnswer(
                    done.Value.Applied,
                    [
                        .. done.Value.Lines.Select(l => new ResultAnswer(
                            l.Line,
                            l.Reference,
                            l.Effect,
                            l.Refusal?.Code,
                            l.Refusal is null ? null : texts.Of(l.Refusal)
                        )),
                    ]
                )
            )
            : Problems.Of(texts, done.Refusal);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> FileAsync(
        Guid id,
        string? format,
        HttpContext http,
        BankFiles files,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var file = await files.ExportAsync(id, format == "xlsx", http.User.MemberId(), cancellation);
        return file.IsOk
            ? TypedResults.File(file.Value.Content, file.Value.ContentType, file.Value.Name)
            : Problems.Of(texts, file.Refusal);
    }
}
