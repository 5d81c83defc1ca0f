using System.Globalization;
using EduUnion.Domain;
using EduUnion.Domain.Organisations;
using EduUnion.Host.Calendar;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Admin.Calendar;

/// <summary>Adds or removes a closing day or vacation: type, look at what would change, confirm.</summary>
[Authorize(Policies.Settings)]
public sealed class LocalModel(LocalDays local, OrganisationBook organisations, EduUnionDb db, Texts texts) : PageModel
{
    private const string Vacation = "vacation";
    private Refusal? _refusal;

    [BindProperty(SupportsGet = true)]
    public Guid? Organisation { get; set; }

    /// <summary><c>closure</c> or <c>vacation</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Name { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    [BindProperty(SupportsGet = true, Name = "remove")]
    public bool Removing { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    public LocalPreview? Preview { get; private set; }

    public IReadOnlyList<Choice> Organisations { get; private set; } = [];

    public string OrganisationName => organisations.Find(Organisation ?? Guid.Empty)?.Name ?? "";

    public ErrorSummary Errors => _refusal is null ? new([]) : ErrorSummary.Of(_refusal, texts);

    public string? ErrorAt(string field) =>
        (_refusal is { Fields.IsEmpty: false } ? [.. _refusal.Fields] : new[] { _refusal }).FirstOrDefault(r =>
            r?.Field == field
        )
            is { } at
            ? texts.Of(at)
            : null;

    /// <summary>The page that asks whether to remove these days.</summary>
    internal static string RemovalOf(LocalDaysOff days) =>
        "/admin/calendar/local" + new QueryBuilder(Values(days).Append(new("remove", "true"))).ToQueryString();

    public IEnumerable<KeyValuePair<string, string>> Hidden(LocalPreview preview) =>
        Values(preview.Days)
            .Append(new("remove", Removing ? "true" : "false"))
            .Append(new("seen", preview.Version.ToString(CultureInfo.InvariantCulture)));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        Removing ? await PreviewAsync(cancellation) : await FormAsync(cancellation);

    public async Task<IActionResult> OnPostAsync(string? @do, int seen, CancellationToken cancellation)
    {
        if (@do != "apply" || Read() is not { } days)
            return await PreviewAsync(cancellation);
        var by = User.MemberId();
        var applied = Removing
            ? await local.RemoveAsync(days, seen, Note ?? "", by, cancellation)
            : await local.AddAsync(days, seen, Note ?? "", by, cancellation);
        if (!applied.IsOk)
        {
            _refusal = applied.Refusal;
            return await PreviewAsync(cancellation);
        }
        TempData[nameof(IndexModel.Recorded)] = applied.Value;
        return RedirectToPage("Index");
    }

    private async Task<IActionResult> PreviewAsync(CancellationToken cancellation)
    {
        if (Read() is not { } days)
            return await FormAsync(cancellation);
        var preview = Removing
            ? await local.PreviewRemoveAsync(days, cancellation)
            : await local.PreviewAddAsync(days, cancellation);
        if (preview.IsOk)
            Preview = preview.Value;
        else if (Removing)
            return NotFound();
        else
            _refusal ??= preview.Refusal;
        return await FormAsync(cancellation);
    }

    private async Task<IActionResult> FormAsync(CancellationToken cancellation)
    {
        // The kept values are rendered from the properties; what could not be read is asked again.
        ModelState.Clear();
        Organisations =
        [
            .. (
                await db.Set<Organisation>()
                    .AsNoTracking()
                    .Where(o => o.Kind != OrganisationKind.Department)
                    .OrderBy(o => o.Kind)
                    .ThenBy(o => o.Code)
                    .Select(o => new { o.Id, o.Name })
                    .ToListAsync(cancellation)
            ).Select(o => new Choice(o.Id.ToString(), o.Name)),
        ];
        return Page();
    }

    /// <summary>Null, with the refusal set, when something is missing.</summary>
    private LocalDaysOff? Read()
    {
        if (From is { } from && To is { } to)
            return new(Organisation ?? Guid.Empty, Kind == Vacation, (Name ?? "").Trim(), from, to);
        _refusal = Refusal.Of([
            .. From is null ? [Refusal.At("from", "form.required")] : Array.Empty<Refusal>(),
            .. To is null ? [Refusal.At("to", "form.required")] : Array.Empty<Refusal>(),
        ]);
        return null;
    }

    private static IEnumerable<KeyValuePair<string, string>> Values(LocalDaysOff days) =>
        [
            new("organisation", days.OrganisationId.ToString()),
            new("kind", days.IsVacation ? Vacation : "closure"),
            new("name", days.Name),
            new("from", Dates.Machine(days.From)),
            new("to", Dates.Machine(days.To)),
        ];
}
