using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Motions;
using EduUnion.Host.Web;

namespace EduUnion.Host.Documents.Motions;

/// <summary>A form with what it is of.</summary>
public sealed record MotionPaper(MotionView View, ReadyDocument Ready, Paper Paper);

/// <summary>The forms of a motion, drawn for a reader.</summary>
public sealed class MotionPapers(MotionViews views, MotionFactBook book, Texts texts)
{
    /// <summary>
    /// Null = there is no such motion or form, it is not ready yet, or it is not for this reader. Without
    /// <paramref name="part"/> it is that of the latest part that has one.
    /// </summary>
    public async Task<MotionPaper?> FindAsync(
        Guid id,
        string form,
        Guid? part,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        if (MotionDocument.All.FirstOrDefault(d => d.Form == form) is not { } document)
            return null;
        if (await views.FindAsync(id, viewer, cancellation) is not { } view)
            return null;
        var insight = Insight.Of(view, viewer);
        if (document.ReadyOf(view.Motion, part, insight).LastOrDefault() is not { } ready)
            return null;
        var handling = view.Motion.Parts.FirstOrDefault(p => p.Id == (ready.Part ?? part));
        var facts = await book.OfAsync(view, handling, insight, viewer, cancellation);
        return new MotionPaper(view, ready, new Paper(Name(facts, document, handling), [.. document.Draw(facts)]));
    }

    /// <summary>0302-012 答复函; with the host's name where there are several.</summary>
    private string Name(MotionFacts facts, MotionDocument document, Handling? part)
    {
        var word = texts.In(Texts.Chinese, "documents.form." + document.Form);
        var host = part is not null && facts.Part!.Ordinal > 0 ? $"（{facts.Part.Host}）" : "";
        return $"{facts.Number} {word}{host}".Trim();
    }
}
