using EduUnion.Host.Cases;
using EduUnion.Host.Definitions;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Workflows.Definitions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Admin;

/// <summary>Where cases stand still; each can be retried.</summary>
[Authorize(Policies.Administrator)]
public sealed class IncidentsModel(
    IncidentBook incidents,
    DefinitionSet definitions,
    DefinitionWords words,
    Texts texts
) : PageModel
{
    private const int Most = 100;
    private const int Remembered = 20;

    public IReadOnlyList<IncidentLine> Open { get; private set; } = [];

    public IReadOnlyList<IncidentLine> Over { get; private set; } = [];

    [TempData]
    public bool Retried { get; set; }

    [TempData]
    public string? Refused { get; set; }

    /// <summary>Where it stands, by name.</summary>
    public string Activity(IncidentLine incident)
    {
        var definition = definitions.Find(incident.DefinitionId ?? "", incident.DefinitionVersion ?? 0);
        var name =
            definition?.Activities.GetValueOrDefault(incident.Activity) is { } activity ? words.Activity(activity)
            : incident.Activity.Length > 0 ? incident.Activity
            : texts["incident.process"];
        return incident.Clock is { } clock ? $"{name} · {texts["incident.clock", words.Clock(clock)]}" : name;
    }

    /// <summary>A refusal in words, where they need nothing of the case; else what the engine said.</summary>
    public string Reason(IncidentLine incident)
    {
        var words = texts["refusal." + incident.Reason];
        return texts.Has("refusal." + incident.Reason) && !words.Contains('{') ? words : incident.Reason;
    }

    /// <summary>How it ended.</summary>
    public string Story(IncidentLine incident) =>
        incident.RetriedAt is { } at
            ? texts["incident.over.retried", at, incident.RetriedBy ?? texts["incident.somebody"]]
            : texts["incident.over.otherwise", incident.ClosedAt];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Open = await incidents.OpenAsync(Most, cancellation);
        Over = await incidents.OverAsync(Remembered, cancellation);
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellation)
    {
        var done = await incidents.RetryAsync(id, new Asker(User.MemberId()), cancellation);
        Retried = done.IsOk;
        Refused = done.IsOk ? null : texts.Of(done.Refusal);
        return RedirectToPage();
    }
}
