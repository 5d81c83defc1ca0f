using EduUnion.Domain.Motions;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Pages.Motions;

/// <summary>What became of an invitation, as a word in a box.</summary>
public static class Cosigning
{
    public static Tag Tag(Cosigner cosigner, Texts texts) =>
        new(
            texts["cosign." + cosigner.State, cosigner.AnsweredAt is { } at ? Dates.Short(Dates.Of(at)) : ""],
            cosigner.State switch
            {
                CosignState.Confirmed => Status.Done,
                CosignState.Invited => Status.Wait,
                _ => Status.None,
            }
        );
}
