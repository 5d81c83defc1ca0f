using EduUnion.Domain;
using EduUnion.Host.Cases;

namespace EduUnion.Host.Privacy;

/// <summary>
/// The sensitive data of one kind of case, as that kind knows them; registered once a kind. Called under the case's lock,
/// inside its step. A kind without one has nothing to unmask and nothing to erase.
/// </summary>
public interface ISensitiveFields
{
    /// <summary>As <see cref="CaseRow.Kind"/> names it.</summary>
    string Kind { get; }

    /// <summary>
    /// Whether this member may see this field unmasked: null, or the refusal (<c>aid.recused</c>,
    /// <c>sensitive.not-yours</c>; a case that he does not see: <c>case.unknown</c>, 404; a field that there is not:
    /// <c>sensitive.unknown</c>, 404).
    /// </summary>
    Task<Refusal?> RefuseAsync(ICase @case, string field, Guid member, CancellationToken cancellation);

    /// <summary>The value in clear; null = none was given, or it is a document, which is opened beside it.</summary>
    string? Read(ICase @case, string field);

    /// <summary>Whether the journal's text of this act tells anything sensitive, so that it goes with the retention.</summary>
    bool IsSensitive(string act);

    /// <summary>
    /// Takes everything sensitive out of the aggregate and of what stands beside it, for ever, in the step's transaction;
    /// what happened goes into the journal. Twice = once.
    /// </summary>
    Task<IReadOnlyList<object>> PurgeAsync(ICase @case, CaseMoment moment, CancellationToken cancellation);
}
