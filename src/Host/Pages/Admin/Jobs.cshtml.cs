using EduUnion.Host.Jobs;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Admin;

/// <summary>The recurring jobs; <c>?run=</c> asks whether to let one run now.</summary>
[Authorize(Policies.Administrator)]
public sealed class JobsModel(JobBook jobs, Texts texts) : PageModel
{
    public IReadOnlyList<JobLine> Jobs { get; private set; } = [];

    /// <summary>The question; null = nothing is asked.</summary>
    public Dialog? Asked { get; private set; }

    public string Name(string id) => texts.Has("job." + id) ? texts["job." + id] : id;

    /// <summary>Every minute, hour or day; anything else as Cron writes it.</summary>
    public string Rhythm(string cron) =>
        cron switch
        {
            "* * * * *" => texts["jobs.minutely"],
            "0 * * * *" => texts["jobs.hourly"],
            "0 0 * * *" => texts["jobs.daily"],
            _ => cron,
        };

    public IActionResult OnGet(string? run)
    {
        Jobs = jobs.List();
        if (run is null)
            return Page();
        if (Jobs.All(j => j.Id != run))
            return NotFound();
        Asked = new Dialog("dlg-run", texts["jobs.run.title", Name(run)], "/admin/jobs", texts["jobs.run"])
        {
            Text = texts["jobs.run.text"],
            Href = "/admin/jobs",
            Flat = true,
            Hidden = new Dictionary<string, string> { ["id"] = run },
        };
        return Page();
    }

    public IActionResult OnPost(string? id)
    {
        if (!jobs.RunNow(id ?? ""))
            return NotFound();
        TempData.Say(texts["jobs.run.done", Name(id!)], texts["jobs.run.done.text"]);
        return RedirectToPage();
    }
}
