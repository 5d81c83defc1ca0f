using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Admin.People;

[Authorize(Policies.Administrator)]
public sealed class NewModel(MemberChanges changes, OrganisationBook organisations, Texts texts, TimeProvider time)
    : MemberForm(organisations, texts)
{
    /// <summary>Given with the form, so that a form sent twice adds one member.</summary>
    [BindProperty]
    public Guid Id { get; set; }

    public void OnGet(Guid? organisation)
    {
        Id = Guid.CreateVersion7(time.GetUtcNow());
        Organisation = organisation;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (Unreadable() is { } unreadable)
            return Again(unreadable);
        var added = await changes.AddAsync(Id, Typed(), User.MemberId(), cancellation);
        if (!added.IsOk)
            return Again(added.Refusal);
        TempData.Say(Words["people.saved"]);
        return Redirect($"/admin/people/{added.Value}");
    }
}
