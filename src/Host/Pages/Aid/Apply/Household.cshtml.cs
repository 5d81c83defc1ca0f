using System.Globalization;
using EduUnion.Domain.Aid;
using EduUnion.Host.Drafts;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Aid.Apply;

/// <summary>The members of the household: one adds, changes and removes them one by one.</summary>
[Authorize(Policies.Member)]
public sealed class HouseholdModel(ApplyDesk desk, Texts texts) : ApplyPage(desk, texts)
{
    public override string Here => "household";

    public int MissingOf(int row) =>
        FormErrors
            .Each(Unfinished)
            .Count(r => r.Field?.StartsWith($"members[{row}].", StringComparison.Ordinal) == true);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await OpenAsync(cancellation) ?? Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (await OpenAsync(cancellation) is { } no)
            return no;
        var typed = Typed.Of(Request.Form);
        if (!int.TryParse(typed.One("drop"), NumberStyles.None, CultureInfo.InvariantCulture, out var row))
            return Redirect(typed.One("do") == "save" ? $"/aid/{Id}/apply" : To(Section.Find(Here)!.Next));
        var saved = await Desk.SaveAsync(
            Id,
            c => Without(c, row - 1, typed.One("name")),
            HttpContext.Asker(typed),
            cancellation
        );
        return saved.IsOk ? Redirect(To(Here)) : Again(saved.Refusal);
    }

    // Another window may have moved the rows meanwhile: the name tells whether it is still this one.
    private static AidContent Without(AidContent content, int row, string? name) =>
        row >= 0 && row < content.Members.Length && content.Members[row].Name == name
            ? content with
            {
                Members = content.Members.RemoveAt(row),
            }
            : content;
}
