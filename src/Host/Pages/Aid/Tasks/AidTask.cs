using EduUnion.Domain.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Pages.Aid.Tasks;

/// <summary>What one has to know before one decides a task of aid; each kind of case brings its own.</summary>
public sealed record AidTask(TaskRow Task, CaseRow Row, string School, IReadOnlyDictionary<Guid, string> Names)
{
    /// <summary>The application, also that to which somebody objects; null in a verification.</summary>
    public AidApplication? Application { get; init; }
    public Objection? Objection { get; init; }
    public Verification? Verification { get; init; }
    public AidFile? File { get; init; }

    /// <summary>The notice as it would go up now.</summary>
    public PublicNotice? Notice { get; init; }

    /// <summary>The same application as its own page shows it, where the form needs all of it.</summary>
    public AidView? View { get; init; }
    public Reckoning? Reckoning { get; init; }
    public Due? Due { get; init; }

    public string Step => Task.Name;

    /// <summary>Where the whole case is read.</summary>
    public string Address =>
        Objection is not null ? $"/objections/{Row.Id}"
        : File is { } file ? $"/aid/files/{file.Id}"
        : $"/aid/{Row.Id}";

    /// <summary>Number of the application or of the file; neither names the person.</summary>
    public string Number => Application?.Number ?? File?.Number ?? "";

    public string Name(Guid? id) => id is { } known ? Names.GetValueOrDefault(known, "") : "";
}
