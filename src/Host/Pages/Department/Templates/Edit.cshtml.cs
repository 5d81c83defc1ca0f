using EduUnion.Domain;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Motions;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Department.Templates;

/// <summary>Writes a template, changes it, retires it.</summary>
[Authorize(Policy = Policies.Member)]
public sealed class EditModel(Access access, AnswerTemplates templates, OrganisationBook organisations, Texts texts)
    : PageModel
{
    private Viewer _viewer = null!;
    private IReadOnlyList<Guid> _kept = [];

    /// <summary>Given with the form of a new one: sent twice, it is added once.</summary>
    [BindProperty]
    public Guid NewId { get; set; } = Guid.CreateVersion7();

    [BindProperty]
    public Guid? Keeper { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Class { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public int Version { get; set; }

    /// <summary>Null = a new one is written.</summary>
    public AnswerTemplate? Template { get; private set; }

    public Refusal? Refusal { get; private set; }

    public IReadOnlyList<Field> Fields =>
        [
            .. Template is null
                ?
                [
                    new Field("keeper", texts["templates.keeper"], FieldKind.Choice)
                    {
                        Required = true,
                        Value = (Keeper ?? _kept[0]).ToString(),
                        Options = [.. _kept.Select(k => new Choice(k.ToString(), KeeperName(k)))],
                        Error = FormErrors.At(Refusal, "keeper", texts),
                    },
                ]
                : Array.Empty<Field>(),
            new Field("name", texts["templates.name"])
            {
                Required = true,
                Value = Name,
                Hint = texts["templates.name.hint"],
                MaxLength = TemplateText.LongestName,
                Error = FormErrors.At(Refusal, "name", texts),
            },
            new Field("class", texts["templates.class"], FieldKind.Choice)
            {
                Required = true,
                Value = Class ?? "",
                Options =
                [
                    new Choice("", texts["templates.class.any"]),
                    .. Enum.GetNames<AnswerClass>().Select(c => new Choice(c, texts["option.class." + c])),
                ],
            },
            new Field("text", texts["templates.text"], FieldKind.LongText)
            {
                Required = true,
                Value = Text,
                Hint = texts["templates.text.hint"],
                MaxLength = TemplateText.Longest,
                Error = FormErrors.At(Refusal, "text", texts),
            },
        ];

    public async Task<IActionResult> OnGetAsync(Guid? id, CancellationToken cancellation)
    {
        if (await LoadAsync(id, cancellation) is { } no)
            return no;
        if (Template is { } now)
            (Name, Text, Class, Version) = (now.Name, now.Text, now.Class?.ToString(), now.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid? id, string? @do, CancellationToken cancellation)
    {
        if (await LoadAsync(id, cancellation) is { } no)
            return no;
        var typed = TemplateText.Of(Name, Text, Enum.TryParse<AnswerClass>(Class, out var only) ? only : null);
        var active = @do switch
        {
            "retire" => false,
            "restore" => true,
            _ => Template?.Active ?? true,
        };
        var saved = Template is { } template
            ? await templates.ChangeAsync(template.Id, typed, active, Version, _viewer, cancellation)
            : await templates.AddAsync(NewId, Keeper ?? Guid.Empty, typed, _viewer, cancellation);
        if (saved.IsOk)
        {
            TempData.Say(texts["templates.saved", typed.Name]);
            return RedirectToPage("Index");
        }
        Refusal = saved.Refusal;
        Response.StatusCode = FormErrors.Status(saved.Refusal);
        // What was typed is drawn from the properties; the version is the one that stands now, so that it can be saved again.
        Version = Template?.Version ?? 0;
        ModelState.Clear();
        return Page();
    }

    private string KeeperName(Guid keeper) =>
        organisations.SchoolOf(keeper)?.Id == keeper
            ? texts["templates.school"]
            : organisations.Find(keeper)?.Name ?? "";

    private async Task<IActionResult?> LoadAsync(Guid? id, CancellationToken cancellation)
    {
        _viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        _kept = AnswerTemplates.KeptBy(_viewer);
        if (_kept.Count == 0)
            return StatusCode(StatusCodes.Status403Forbidden);
        if (id is not { } known)
            return null;
        Template = await templates.FindAsync(known, _viewer, cancellation);
        return Template is null ? NotFound() : null;
    }
}
