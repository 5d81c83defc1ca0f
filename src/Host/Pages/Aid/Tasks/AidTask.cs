using EduUnion.Domain.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.Web;

namespace EduUnion.Host.Pages.Aid.Tasks;

/// <summary>What has to be known beside the application itself: a notice, an objection, a verification with its file.</summary>
public sealed record AidTask(TaskRow Task, IReadOnlyDictionary<Guid, string> Names)
{
    /// <summary>The application, also that to which somebody objects; null in a verification.</summary>
    public AidApplication? Application { get; init; }
    public Objection? Objection { get; init; }
    public Verification? Verification { get; init; }
    public AidFile? File { get; init; }

    /// <summary>The notice as it would go up now.</summary>
    public PublicNotice? Notice { get; init; }

    /// <summary>How the notice will say the amount.</summary>
    public string NoticeAmount { get; init; } = "";

    public string Step => Task.Name;

    /// <summary>Of the application or of the file; neither names the person.</summary>
    public string Number => Application?.Number ?? File?.Number ?? "";

    public string Name(Guid? id) => id is { } known ? Names.GetValueOrDefault(known, "") : "";

    /// <summary>What the form starts with; a record that was sent back is mended, not written anew.</summary>
    public Typed Begun =>
        (Step, Application?.Surveys.LastOrDefault(), Objection?.Records.LastOrDefault()) switch
        {
            ("aid.survey", { IsReturned: true, Form: var form }, _) => Typed
                .Nothing.With("visitedOn", Dates.Machine(form.VisitedOn))
                .With("mode", form.Mode == SurveyMode.Phone ? "phone" : "home")
                .With("phoneReason", form.PhoneReason ?? "")
                .With("place", form.Place)
                .With("people", form.People)
                .With("housing", form.Housing)
                .With("incomeCheck", form.IncomeCheck)
                .With("observations", form.Observations)
                .With("conclusion", form.Conclusion == SurveyConclusion.Doubts ? "doubts" : "supports")
                .With("suggestion", form.Suggestion ?? ""),
            ("aid.survey", _, _) => Typed.Nothing.With("mode", "home"),
            ("objection.investigate", _, { IsReturned: true } back) => Typed
                .Nothing.With("visitedOn", Dates.Machine(back.VisitedOn))
                .With("people", back.People)
                .With("finding", back.Finding),
            ("objection.decide", _, _) => Typed
                .Nothing.With("amount", Application!.Amount?.ToString() ?? "")
                .With("category", Application.Category?.ToString() ?? ""),
            _ => Typed.Nothing,
        };
}
