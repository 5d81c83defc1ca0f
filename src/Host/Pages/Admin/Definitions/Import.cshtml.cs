using EduUnion.Domain;
using EduUnion.Host.Definitions;
using EduUnion.Host.Drafts;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Admin.Definitions;

/// <summary>Takes a document in as a draft: nothing runs by it until it is published.</summary>
[Authorize(Policies.Administrator)]
[RequestSizeLimit(DefinitionCommands.Longest + 64 * 1024)]
public sealed class ImportModel(DefinitionCommands commands, Texts texts) : FormPage(texts)
{
    [BindProperty]
    public IFormFile? Upload { get; set; }

    public string Key { get; } = $"{Guid.NewGuid()}";

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (Upload is null)
            return Again(Refusal.At("upload", "form.required"));
        using var bytes = new MemoryStream();
        await Upload.CopyToAsync(bytes, cancellation);
        var done = await commands.ImportAsync(bytes.ToArray(), HttpContext.Asker(Typed.Nothing), cancellation);
        if (!done.IsOk)
            return Again(done.Refusal with { Field = "upload" });
        TempData.Say(Words["definition.imported.done"], Words["definition.imported.text"]);
        return Redirect($"/admin/definitions/{done.Value.DefinitionId}/{done.Value.Version}");
    }
}
