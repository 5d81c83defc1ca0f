using EduUnion.Host.Attachments;
using EduUnion.Host.Calendar;
using EduUnion.Host.Clocks;
using EduUnion.Host.Definitions;
using EduUnion.Host.Jobs;
using EduUnion.Host.Journal;
using EduUnion.Host.Motions;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Host.Cases;

public static class CaseSetup
{
    /// <summary>The six steps and what they stand on.</summary>
    public static IServiceCollection AddCases(this IServiceCollection services, JournalKey key) =>
        services
            .AddSingleton(key)
            .AddSingleton(new DefinitionLibrary(() => DefinitionSet.Shipped))
            // As last read, for whoever looks at cases; whoever starts one asks the library for what is current.
            .AddScoped(s => s.GetRequiredService<DefinitionLibrary>().Known)
            .AddScoped<DefinitionBook>()
            .AddScoped<DefinitionCommands>()
            .AddSingleton<OutboxBell>()
            .AddSingleton<AuditChain>()
            .AddSingleton<LatestCalendar>()
            .AddScoped<CalendarBook>()
            .AddScoped<MotionCases>()
            .AddScoped<ICaseKind>(s => s.GetRequiredService<MotionCases>())
            .AddScoped<CaseKinds>()
            .AddScoped<CaseSteps>()
            .AddScoped<MotionFrame>()
            .AddScoped<MotionCommands>()
            .AddScoped<Access>()
            .AddScoped<IAttachmentAccess, MotionDocuments>()
            .AddScoped<TaskLists>()
            .AddScoped<Timelines>()
            .AddScoped<MotionList>()
            .AddScoped<OwnMotions>()
            .AddScoped<CasePictures>()
            .AddScoped<MotionViews>()
            .AddScoped<SimilarMotions>()
            .AddScoped<Pages.Tasks.TaskReadings>()
            .AddScoped<Pages.Tasks.FormChoices>()
            .AddScoped<Pages.Review.CommitteeTables>()
            .AddScoped<Pages.Review.BulkRun>()
            .AddScoped<SignalSweep>()
            .AddScoped<CommitteeCommands>()
            .AddScoped<FollowUpCommands>()
            .AddScoped<MandateSweep>()
            .AddScoped<ProgressRequests>()
            .AddScoped<IncidentBook>()
            .AddSingleton<ReplannedVersion>()
            .AddScoped<ClockReplanning>()
            .AddScoped<ClockSweep>()
            .AddScoped<CalendarChanges>()
            .AddScoped<CalendarImport>()
            .AddScoped<LocalDays>()
            .AddScoped<Checkpoints>()
            .AddScoped<JournalProof>()
            .AddScoped<ExpiryFailures>()
            .AddSingleton<DefinitionFindings>()
            .AddSingleton<DefinitionWords>()
            .AddSingleton<FindingWords>()
            .AddSingleton<DifferenceWords>()
            .AddSingleton<MarkedPicture>()
            .AddScoped<DefinitionGaps>()
            .AddScoped<RunningInstances>()
            .AddScoped<RequestBook>()
            .AddScoped<OfficeCommands>()
            .AddScoped<DeskViews>()
            .AddScoped<CaseMoves>()
            .AddScoped<MovePreviews>()
            .AddScoped<ReturnOffers>()
            .AddScoped<AdminCaseCommands>()
            .AddScoped<AdminCaseBook>()
            .AddScoped<Pages.Tasks.DeskPanels>()
            .AddScoped<Statistics.StepTimes>()
            .AddSingleton<RecentStepTimes>()
            .AddScoped<PictureBook>()
            .AddExchange();
}
