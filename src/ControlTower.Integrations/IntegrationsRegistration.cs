using ControlTower.Integrations.EasyPost;
using ControlTower.Integrations.Edi.Exchange;
using ControlTower.Integrations.Open;
using ControlTower.Integrations.RabbitMq;
using ControlTower.Integrations.Stripe;
using ControlTower.Integrations.Tryton;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Integrations;

/// <summary>Every kind of connector that the tower ships. A new kind is a folder here and a line below.</summary>
public static class IntegrationsRegistration
{
    public static IServiceCollection AddIntegrations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOpen(configuration);   // systems that implement our own contract
        services.AddEasyPost(configuration);        // tracking of parcels
        services.AddStripe(configuration);          // invoices
        services.AddEdi(configuration);             // X12 and EDIFACT partners by drop folder
        services.AddTryton(configuration);          // ERP, warehouse and invoicing in one
        services.AddRabbitMq(configuration);        // queues and exchanges of a broker
        return services;
    }
}
