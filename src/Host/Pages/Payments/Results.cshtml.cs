using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Funds;
using EduUnion.Host.People;
using EduUnion.Host.Sheets;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Payments;

/// <summary>The bank's answer to a list: paste or upload, look, take in.</summary>
[Authorize(Policies.Funds)]
public sealed class ResultsModel(FundAccess access, PaymentBook payments, BankResults results, Texts texts)
    : ImportPage(texts)
{
    [FromRoute]
    public Guid Id { get; init; }

    public string Number { get; private set; } = "";

    public override string Area => "payments.import";

    public override string Back => $"/payments/{Id}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await MayAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string? @do, CancellationToken cancellation) =>
        await MayAsync(cancellation) ? await ImportAsync(@do, cancellation) : NotFound();

    protected override async Task<Outcome<ImportResult>> RunAsync(
        string csv,
        bool apply,
        CancellationToken cancellation
    )
    {
        var read = ResultSheet.Read(csv);
        if (!read.IsOk)
            return read.Refusal;
        var done = await results.TakeAsync(Id, read.Value, apply, new Asker(User.MemberId()), cancellation);
        return done.IsOk ? new ImportResult([.. done.Value.Lines.Select(Said)], apply) : done.Refusal;
    }

    private ImportLine Said(ResultLine line) =>
        new(
            line.Line,
            line.Effect is { } effect ? $"{line.Reference}　{Words[$"payments.effect.{effect}"]}" : line.Reference,
            line.Effect switch
            {
                null => LineOutcome.Refused,
                ResultEffect.Repeats => LineOutcome.Same,
                _ => LineOutcome.Changed,
            },
            line.Refusal
        );

    private async Task<bool> MayAsync(CancellationToken cancellation)
    {
        var sight = await access.SightAsync(User.MemberId(), cancellation);
        if (!sight.Holds(Office.Finance) || await payments.FindAsync(sight, Id, cancellation) is not { } view)
            return false;
        Number = view.Batch.Number;
        return true;
    }
}
