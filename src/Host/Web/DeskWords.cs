using System.Text.Json;
using EduUnion.Host.Cases;

namespace EduUnion.Host.Web;

/// <summary>What an office did with a task, in one sentence of a case's record.</summary>
public sealed class DeskWords(Texts texts, StepWords steps)
{
    /// <summary>Null where the event is none of an office's.</summary>
    public string? Said(CaseEntry entry, CaseEvent happened)
    {
        switch (happened.Code)
        {
            case nameof(TaskClaimed):
                return steps.Step(Read<TaskClaimed>(happened).Step);
            case nameof(TaskReleased):
                var released = Read<TaskReleased>(happened);
                return texts["deskact.told.released", steps.Step(released.Step), Name(entry, released.ClaimedBy)];
            case nameof(TaskHandedOver):
                var handed = Read<TaskHandedOver>(happened);
                return texts["deskact.told.handed", steps.Step(handed.Step), Name(entry, handed.To)];
            case nameof(AdviceAsked):
                var asked = Read<AdviceAsked>(happened);
                return texts["deskact.told.asked", steps.Step(asked.Step), Name(entry, asked.To)];
            case nameof(SignersAdded):
                var added = Read<SignersAdded>(happened);
                return texts[
                    added.After ? "deskact.told.after" : "deskact.told.before",
                    steps.Step(added.Step),
                    string.Join(texts["clock.separator"], added.Members.Select(m => Name(entry, m)))
                ];
            case nameof(SignerRemoved):
                var removed = Read<SignerRemoved>(happened);
                return texts["deskact.told.removed", steps.Step(removed.Step), Name(entry, removed.Member)];
            case nameof(AnswerWaits):
                return texts["deskact.told.waits"];
            case nameof(SignerAnswered):
                return steps.Step(Read<SignerAnswered>(happened).Step);
            case nameof(AdviceGiven):
                return steps.Step(Read<AdviceGiven>(happened).Step);
            case nameof(AnswerTookEffect):
                var effect = Read<AnswerTookEffect>(happened);
                return texts[
                    "deskact.told.effect",
                    Name(entry, effect.By),
                    steps.Step(effect.Step),
                    steps.Outcome(effect.Step, effect.Outcome)
                ];
            case nameof(AnswerTakenBack):
                return steps.Step(Read<AnswerTakenBack>(happened).Step);
            case nameof(DecidedOnce):
                var once = Read<DecidedOnce>(happened);
                return texts["deskact.told.once", steps.Step(once.Step), steps.Outcome(once.Step, once.Outcome)];
            case nameof(HandedOnOverdue):
                var late = Read<HandedOnOverdue>(happened);
                return texts["deskact.told.overdue", steps.Step(late.Step), texts["office." + late.Office]];
            case nameof(EscalatedOverdue):
                var above = Read<EscalatedOverdue>(happened);
                return texts[above.Told ? "deskact.told.escalated" : "deskact.told.late", steps.Step(above.Step)];
            default:
                return null;
        }
    }

    private static string Name(CaseEntry entry, Guid member) => entry.People.GetValueOrDefault(member, "");

    private static T Read<T>(CaseEvent happened) => happened.Data.Deserialize<T>(CaseJson.Options)!;
}
