using EduUnion.Domain.Aid;
using EduUnion.Host.Attachments;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Aid.Apply;

/// <summary>The documents that the causes ask for, each with its files, and a place for any other.</summary>
[Authorize(Policies.Member)]
public sealed class ProofsModel(ApplyDesk desk, AttachmentPanels panels, Texts texts) : ApplyPage(desk, texts)
{
    public override string Here => "proofs";

    public IReadOnlyList<(ProofNeeded Proof, AttachmentPanel Panel)> Panels { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (await OpenAsync(cancellation) is { } no)
            return no;
        ProofNeeded[] needed = [.. Checklist, new ProofNeeded(ProofKind.Other, [])];
        var read = await panels.OfAsync(
            Id,
            [.. needed.Select(p => (p.Kind.ToString(), Words["aidterm.ProofKind." + p.Kind]))],
            User.MemberId(),
            To(Here),
            cancellation
        );
        Panels = [.. needed.Zip(read)];
        return Page();
    }
}
