using EduUnion.Domain.Motions;
using EduUnion.Host.Motions;

namespace EduUnion.Host.Documents.Motions;

/// <summary>A form of a motion that is ready for the reader; with a part, that host's.</summary>
public sealed record ReadyDocument(MotionDocument Document, Guid? Part)
{
    public string Href(Guid motion) =>
        $"/motions/{motion}/documents/{Document.Form}{(Part is { } part ? $"?part={part}" : "")}";

    public string WordHref(Guid motion) =>
        $"/motions/{motion}/documents/{Document.Form}.docx{(Part is { } part ? $"?part={part}" : "")}";
}

/// <summary>
/// The forms of a motion (domain §6, 1–8): when each exists and who reads it. What does not exist yet and what is not
/// for a reader are the same to him: not there.
/// </summary>
/// <param name="Form">Its name in addresses; its words are <c>documents.form.{Form}</c>.</param>
public sealed record MotionDocument(string Form, Func<MotionFacts, IEnumerable<Sheet>> Draw)
{
    private Func<Motion, Insight, bool>? OfMotion { get; init; }
    private Func<Motion, Handling, Insight, bool>? OfPart { get; init; }

    public static IReadOnlyList<MotionDocument> All { get; } =
    [
        new("motion", f => [MotionSheet.Of(f)]) { OfMotion = (_, _) => true },
        new("review", f => [ReviewSheet.Of(f)])
        {
            // Votes and the secretary's recommendation are the offices' own.
            OfMotion = (motion, insight) => motion.Recommendation is not null && insight.HoldsOffice,
        },
        new("handover", f => [HandoverSheet.Of(f)])
        {
            // A merged motion is handed to nobody; a part that is "not ours" waits for its host.
            OfPart = (motion, part, _) => motion.MainId is null && part.State != HandlingState.TransferRequested,
        },
        new("transfer", RequestSheets.Returns) { OfPart = (_, part, _) => !part.Returns.IsEmpty },
        new("extension", RequestSheets.Extensions)
        {
            OfPart = (_, part, insight) => !part.Extensions.IsEmpty && insight.ReadsMeetings(part),
        },
        new("meeting", MeetingSheets.Of)
        {
            OfPart = (_, part, insight) => !part.Meetings.IsEmpty && insight.ReadsMeetings(part),
        },
        new("opinions", f => [OpinionSheet.Of(f)])
        {
            OfPart = (_, part, insight) => !part.Opinions.IsEmpty && insight.ReadsOpinions(part),
        },
        new("reply", ReplySheets.Of)
        {
            OfPart = (_, part, insight) => part.State == HandlingState.Delivered && insight.ReadsAnswer(part),
        },
        new("feedback", FeedbackSheet.All)
        {
            OfMotion = (motion, insight) =>
                !motion.Forms.IsEmpty && (insight.IsProposer || motion.Parts.Any(p => insight.WorksOn(p.Id))),
        },
        new("supervision", SupervisionSheets.Of)
        {
            OfPart = (motion, part, insight) =>
                motion.Commitments.Any(c => c.Part == part.Id && !c.Notices.IsEmpty)
                && (insight.IsProposer || insight.WorksOn(part.Id)),
        },
    ];

    /// <summary>All that the reader may open now; of the parts only <paramref name="part"/> when it is given.</summary>
    public static IEnumerable<ReadyDocument> Ready(Motion motion, Guid? part, Insight insight) =>
        All.SelectMany(document => document.ReadyOf(motion, part, insight));

    public IEnumerable<ReadyDocument> ReadyOf(Motion motion, Guid? part, Insight insight)
    {
        if (OfMotion?.Invoke(motion, insight) == true)
            yield return new ReadyDocument(this, null);
        if (OfPart is { } ofPart)
            foreach (var one in motion.Parts.Where(p => part is null || p.Id == part))
                if (ofPart(motion, one, insight))
                    yield return new ReadyDocument(this, one.Id);
    }
}
