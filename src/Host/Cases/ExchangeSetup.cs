using EduUnion.Host.Deputies;

namespace EduUnion.Host.Cases;

public static class ExchangeSetup
{
    /// <summary>What colleagues say and do around a task, and who acts for whom.</summary>
    public static IServiceCollection AddExchange(this IServiceCollection services) =>
        services
            .AddScoped<DeputyBook>()
            .AddScoped<DeputyChanges>()
            .AddScoped<TaskFrame>()
            .AddScoped<TaskHeads>()
            .AddScoped<ExchangeMail>()
            .AddScoped<UrgeCommands>()
            .AddScoped<CopyCommands>()
            .AddScoped<QuestionCommands>()
            .AddScoped<ExchangeBook>()
            .AddScoped<BatchDecisions>();
}
