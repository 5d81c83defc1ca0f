using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Attachments;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Aid;

/// <summary>After a transfer came back: a new proof first, then the account; another person compares the two.</summary>
[Authorize(Policies.Member)]
public sealed class AccountModel(Access access, AidViews views, AttachmentPanels panels, CaseSteps steps, Texts texts)
    : FormPage(texts)
{
    private Typed _typed = Typed.Nothing;
    private Guid _task;

    [FromRoute]
    public Guid Id { get; init; }

    public AidView View { get; private set; } = null!;

    public AttachmentPanel Panel { get; private set; } = null!;

    public string Key => _typed.Key ?? Guid.NewGuid().ToString();

    public IEnumerable<Field> Fields =>
        [
            Text("bankName", View.Application.Content.Account.BankName),
            Text("accountName", View.Application.Content.Person.Name),
            Text("account", "") with
            {
                Autocomplete = "off",
                Hint = Words["aid.hint.account.account"],
            },
            new("proof", Words["aid.field.proof"], FieldKind.Choice)
            {
                Required = true,
                Hint = Files.Count == 0 ? Words["aid.account.none"] : null,
                Value = _typed.One("proof") ?? (Files is [var only] ? only.Id.ToString() : null),
                Error = ErrorAt("proof"),
                Options = [.. Files.Select(f => new Choice(f.Id.ToString(), f.Name!))],
            },
        ];

    private IReadOnlyList<AttachmentLine> Files => [.. Panel.Files.Where(f => f.Name is not null)];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await LoadAsync(cancellation) ?? Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (await LoadAsync(cancellation) is { } no)
            return no;
        _typed = Typed.Of(Request.Form);
        // Without a file there is nothing to choose from, and the form as a whole would be refused as unreadable.
        if (!Guid.TryParse(_typed.One("proof"), out var proof) || Files.All(f => f.Id != proof))
            return Again(Refusal.At("proof", "aid.proof-missing"));
        var form = JsonSerializer.SerializeToElement(
            new Dictionary<string, string?>
            {
                ["bankName"] = _typed.One("bankName"),
                ["accountName"] = _typed.One("accountName"),
                ["account"] = _typed.One("account"),
                ["proof"] = proof.ToString(),
            }
        );
        var done = await steps.DecideAsync(
            new Decision(_task, "correct", null, form, null),
            HttpContext.Asker(_typed),
            cancellation
        );
        if (!done.IsOk)
            return Again(done.Refusal);
        TempData.Say(Words["aid.account.done"], Words["next.aid.account.correct"]);
        return Redirect($"/aid/{Id}");
    }

    private Field Text(string name, string first) =>
        new(name, Words["aid.field.account." + name])
        {
            Required = true,
            Value = _typed.Names("").Any() ? _typed.One(name) : first,
            Error = ErrorAt(name),
        };

    private async Task<IActionResult?> LoadAsync(CancellationToken cancellation)
    {
        Response.Headers.CacheControl = "no-store";
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (await views.FindAsync(Id, viewer, cancellation) is not { } view)
            return NotFound();
        if (view.Tasks.FirstOrDefault(t => t.Mine && t.Row.Name == "aid.account") is not { } task)
            return Redirect($"/aid/{Id}");
        if (
            await panels.OfAsync(
                Id,
                AidDocuments.Account,
                Words["aidterm.ProofKind.Account"],
                viewer.MemberId,
                $"/aid/{Id}/account",
                cancellation
            )
            is not { } panel
        )
            return NotFound();
        (View, Panel, _task) = (view, panel, task.Row.Id);
        return null;
    }
}
