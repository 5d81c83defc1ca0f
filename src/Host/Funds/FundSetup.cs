namespace EduUnion.Host.Funds;

public static class FundSetup
{
    /// <summary>Funds, claims on them, and their payment.</summary>
    public static IServiceCollection AddFunds(this IServiceCollection services) =>
        services
            .AddScoped<ClaimBook>()
            .AddScoped<FundAccess>()
            .AddScoped<FundCommits>()
            .AddScoped<FundCommands>()
            .AddScoped<PaymentCommands>()
            .AddScoped<BankResults>()
            .AddScoped<BankFiles>()
            .AddScoped<FundBook>()
            .AddScoped<PaymentBook>();
}
