using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Web;

/// <summary>A page with a form that may be refused: what was typed stays, each sentence stands at its field.</summary>
public abstract class FormPage(Texts texts) : PageModel
{
    private Refusal? _refusal;

    public ErrorSummary Errors => _refusal is null ? new([]) : ErrorSummary.Of(_refusal, texts, LabelOf);

    public string? ErrorAt(string field) => FormErrors.At(_refusal, field, texts);

    /// <summary>The refusal has this code, alone or among others.</summary>
    public bool IsRefused(string code) => FormErrors.Each(_refusal).Any(r => r.Code == code);

    protected Texts Words => texts;

    /// <summary>What a field is called in the summary of errors; null where the sentence says it.</summary>
    protected virtual string? LabelOf(string field) => null;

    /// <summary>What was typed and is no date, number or choice; an empty field is none of these.</summary>
    protected Refusal? Unreadable() =>
        Refusal.Of([
            .. ModelState
                .Where(entry => entry.Value?.Errors.Count > 0)
                .Select(entry => Refusal.At(JsonNamingPolicy.CamelCase.ConvertName(entry.Key), "form.unreadable")),
        ]);

    /// <summary>Names what is missing on a page that was only opened.</summary>
    protected void Point(Refusal refusal) => _refusal = refusal;

    /// <summary>Shows the page again with the refusal and answers with its status.</summary>
    protected IActionResult Again(Refusal refusal)
    {
        _refusal = refusal;
        Response.StatusCode = FormErrors.Status(refusal);
        return refusal.Kind == RefusalKind.Missing ? NotFound() : Page();
    }
}
