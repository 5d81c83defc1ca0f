using System.Globalization;
using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Funds;
using EduUnion.Host.Cases;
using EduUnion.Host.Funds;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EduUnion.Host.Api;

public sealed record NewFundRequest(Guid? OrganisationId, int? Year, FundKind? Kind, string? Code, string? Name);

/// <param name="Opening">Whether it is what the year began with.</param>
public sealed record IncomeRequest(long? AmountFen, string? Text, bool? Opening);

/// <param name="AmountFen">How much more may be spent; below zero = how much less.</param>
public sealed record BudgetRequest(long? AmountFen, string? Text);

public sealed record TransferRequest(Guid? ToFundId, long? AmountFen, string? Text);

/// <param name="OrderId">The approved order whose entries are taken back.</param>
public sealed record CorrectionRequest(Guid? OrderId, string? Text);

public sealed record Opened(Guid Id);

/// <summary>Funds, their ledgers, and what is proposed to do with them.</summary>
public static class FundEndpoints
{
    public static RouteGroupBuilder MapFundEndpoints(this RouteGroupBuilder api)
    {
        var funds = api.MapGroup("/funds").RequireAuthorization(Policies.Funds).WithTags("funds");
        funds
            .MapGet("", ListAsync)
            .WithName("funds")
            .WithSummary("The funds of a year that the caller sees; without a year those of this one");
        funds.MapPost("", OpenAsync).WithName("openFund").WithSummary("Opens a fund of a year").Refuses(403, 404, 422);
        funds
            .MapGet("/{id:guid}/entries", EntriesAsync)
            .WithName("fundEntries")
            .WithSummary("The ledger, the latest entry first; after = the number of the last one read")
            .Refuses(404, 422);
        funds
            .MapGet("/{id:guid}/queue", QueueAsync)
            .WithName("fundQueue")
            .WithSummary("Who waits for the fund, in the order in which they are served")
            .Refuses(404);
        funds
            .MapGet("/orders", OrdersAsync)
            .WithName("fundOrders")
            .WithSummary("What waits for the chair; with a fund everything that was proposed for it");
        Propose<IncomeRequest>(
            "/income",
            "proposeIncome",
            "Proposes income, or the year's opening balance; it counts when the chair approves",
            body => new(body.Opening == true ? OrderKind.Opening : OrderKind.Income, Fen(body.AmountFen), body.Text)
        );
        Propose<BudgetRequest>(
            "/budget",
            "proposeBudget",
            "Proposes more budget, or less with an amount below zero",
            body =>
                body.AmountFen < 0
                    ? new(OrderKind.BudgetCut, Fen(-body.AmountFen), body.Text)
                    : new(OrderKind.Budget, Fen(body.AmountFen), body.Text)
        );
        Propose<TransferRequest>(
            "/transfer",
            "proposeTransfer",
            "Proposes to move money, and budget where one is kept, to another fund",
            body => new(OrderKind.Transfer, Fen(body.AmountFen), body.Text, body.ToFundId)
        );
        Propose<CorrectionRequest>(
            "/correction",
            "proposeCorrection",
            "Proposes to take back the entries of an approved order",
            body => new(OrderKind.Correction, Money.Zero, body.Text, CorrectsId: body.OrderId)
        );
        funds
            .MapPost(
                "/orders/{id:guid}/approve",
                (Guid id, HttpContext http, FundCommands commands, Texts texts, CancellationToken stop) =>
                    AnswerAsync(commands.ApproveAsync(id, Requests.AskerOf(http), stop), texts)
            )
            .WithName("approveFundOrder")
            .WithSummary("The chair approves: it is in the ledger, and whoever waited is served")
            .Refuses(403, 404, 409, 422);
        funds
            .MapPost(
                "/orders/{id:guid}/refuse",
                (
                    Guid id,
                    ReasonRequest body,
                    HttpContext http,
                    FundCommands commands,
                    Texts texts,
                    CancellationToken stop
                ) => AnswerAsync(commands.RefuseAsync(id, body.Reason, Requests.AskerOf(http), stop), texts)
            )
            .WithName("refuseFundOrder")
            .WithSummary("The chair refuses, with a reason")
            .Refuses(403, 404, 409, 422);
        return api;

        void Propose<TBody>(string route, string name, string summary, Func<TBody, FundProposal> proposal)
            where TBody : class =>
            funds
                .MapPost(
                    "/{id:guid}" + route,
                    (Guid id, HttpContext http, FundCommands commands, Texts texts, CancellationToken stop) =>
                        AnswerAsync(
                            Requests.WithBodyAsync(
                                http,
                                (TBody body) => commands.ProposeAsync(id, proposal(body), Requests.AskerOf(http), stop)
                            ),
                            texts
                        )
                )
                .Accepts<TBody>("application/json")
                .WithName(name)
                .WithSummary(summary)
                .Refuses(403, 404, 409, 422);
    }

    internal static async Task<Results<Ok<T>, ProblemHttpResult>> AnswerAsync<T>(Task<Outcome<T>> asked, Texts texts)
    {
        var done = await asked;
        return done.IsOk ? TypedResults.Ok(done.Value) : Problems.Of(texts, done.Refusal);
    }

    private static Money Fen(long? fen) => new(fen ?? 0);

    private static async Task<Ok<Slice<FundAnswer>>> ListAsync(
        int? year,
        HttpContext http,
        FundAccess access,
        FundBook book,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var sight = await access.SightAsync(http.User.MemberId(), cancellation);
        var of = year ?? ChinaTime.DateOf(time.GetUtcNow()).Year;
        var funds = await book.ListAsync(sight, of, cancellation);
        return TypedResults.Ok(new Slice<FundAnswer>([.. funds.Select(FundAnswer.Of)], null));
    }

    private static async Task<Results<Created<Opened>, ProblemHttpResult>> OpenAsync(
        NewFundRequest body,
        HttpContext http,
        FundCommands commands,
        TimeProvider time,
        Texts texts,
        CancellationToken cancellation
    )
    {
        if (body.OrganisationId is not { } organisation)
            return Problems.Of(texts, Refusal.At("organisationId", "form.required"));
        if (body.Kind is not { } kind)
            return Problems.Of(texts, Refusal.At("kind", "form.required"));
        if (body.Year is not { } year)
            return Problems.Of(texts, Refusal.At("year", "form.required"));
        var done = await commands.OpenAsync(
            Guid.CreateVersion7(time.GetUtcNow()),
            new(organisation, year, kind, body.Code, body.Name),
            Requests.AskerOf(http),
            cancellation
        );
        return done.IsOk
            ? TypedResults.Created($"/api/funds?year={year}", new Opened(done.Value))
            : Problems.Of(texts, done.Refusal);
    }

    private static async Task<Results<Ok<Slice<EntryAnswer>>, ProblemHttpResult>> EntriesAsync(
        Guid id,
        HttpContext http,
        FundAccess access,
        FundBook book,
        Texts texts,
        int? limit,
        string? after,
        CancellationToken cancellation
    )
    {
        var length = Listing.Limit(limit);
        if (!length.IsOk)
            return Problems.Of(texts, length.Refusal);
        var sight = await access.SightAsync(http.User.MemberId(), cancellation);
        if (await book.FindAsync(sight, id, cancellation) is null)
            return Problems.Of(texts, Refusal.Missing("fund.unknown"));
        int? before = int.TryParse(after, CultureInfo.InvariantCulture, out var number) ? number : null;
        var entries = await book.EntriesAsync(id, before, length.Value, cancellation);
        return TypedResults.Ok(new Slice<EntryAnswer>([.. entries.Items.Select(EntryAnswer.Of)], entries.Next));
    }

    private static async Task<Results<Ok<Slice<QueueAnswer>>, ProblemHttpResult>> QueueAsync(
        Guid id,
        HttpContext http,
        FundAccess access,
        FundBook book,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var sight = await access.SightAsync(http.User.MemberId(), cancellation);
        if (await book.FindAsync(sight, id, cancellation) is null)
            return Problems.Of(texts, Refusal.Missing("fund.unknown"));
        var queue = await book.QueueAsync(id, sight.Schools, cancellation);
        return TypedResults.Ok(new Slice<QueueAnswer>([.. queue.Select(QueueAnswer.Of)], null));
    }

    private static async Task<Ok<Slice<OrderAnswer>>> OrdersAsync(
        Guid? fund,
        HttpContext http,
        FundAccess access,
        FundBook book,
        CancellationToken cancellation
    )
    {
        var sight = await access.SightAsync(http.User.MemberId(), cancellation);
        var orders = await book.OrdersAsync(sight, fund, cancellation);
        return TypedResults.Ok(new Slice<OrderAnswer>([.. orders.Select(OrderAnswer.Of)], null));
    }
}
